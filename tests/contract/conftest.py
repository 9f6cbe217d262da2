"""A small register in which every documented example has an answer, and one caller of each kind."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management.color import no_style
from django.db import connection
from django.test import Client
from django.utils import timezone

from qiantang.commons.accounts.api import access, create_account, grant_role, person_by_username
from qiantang.commons.accounts.models import ApiToken
from qiantang.commons.accounts.types import SCOPES
from qiantang.commons.metrics.api import freeze_value
from qiantang.commons.metrics.types import Question
from qiantang.corpus.parties.models import FiledName
from qiantang.corpus.register.services import upkeep
from qiantang.corpus.register.tests.shelf import File, everything, seen, stock
from qiantang.kernel.actor import Actor
from qiantang.portal.gateway.types import PREFIX
from qiantang.portal.hall.services import complaints
from qiantang.scenarios.navigation.methods import packing
from qiantang.scenarios.navigation.models import Edition, Project
from qiantang.scenarios.navigation.types import EditionState, Figure, FigureKind
from qiantang.scenarios.protection.tests.examples import OF_OFFICE
from qiantang.scenarios.protection.tests.examples_of_goods import AllExamples
from qiantang.scenarios.query.methods.differences import Change
from qiantang.scenarios.query.methods.exporting.asked import ExportAsked, FileFormat
from qiantang.scenarios.query.methods.exporting.columns import PROPOSED
from qiantang.scenarios.query.models import ChangeReport
from qiantang.scenarios.query.services import dossiers as keeping
from qiantang.scenarios.query.services import numbering, saving
from qiantang.scenarios.query.services.exporting import jobs
from qiantang.scenarios.query.types import DeskRequest
from tests.contract.callers import deposited, with_keys
from tests.contract.drafts import FIRM, acts_for, draft_examples
from tests.contract.matters import matter_examples

SYSTEM = Actor.system("test")


@pytest.fixture(scope="session")
def api_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home: Path = tmp_path_factory.mktemp("api")
    example = seen(
        1,
        ("CN199000001", "A", "2019-07-12"),
        ("CN199000001", "B", "2021-02-02"),
        title="示例水阀",
        filing_date=date(2018, 5, 4),
        simple_family="F9",
        extended_family="X9",
    )
    kin = seen(2, ("US11999999", "B2", "2021-11-13"), office="US", title="Valve", simple_family="F9")
    gazette, crawl = everything()
    opened = stock(home, gazette, crawl, File("examples.csv", [example, kin]), synthetic=True)
    folder = upkeep.dump_folder(opened)
    upkeep.export_register(opened, folder)
    (folder / "receipt.json").write_text("{}")
    return home


@pytest.fixture
def holdings(db: None, api_home: Path, settings: Any) -> Path:
    """The register with its one party; quotas that no test uses up by chance."""
    settings.QIANTANG_HOME = api_home
    settings.API_PUBLIC_QUOTA = settings.API_TOKEN_QUOTA = 1_000_000
    name = "钱潮甲厂"
    FiledName.objects.create(pk=1, text=name, whole=name, standard=name, learnt_at=timezone.now())
    with connection.cursor() as cursor:  # the next name gets the next key, on PostgreSQL too
        for statement in connection.ops.sequence_reset_sql(no_style(), [FiledName]):
            cursor.execute(statement)
    return api_home


@pytest.fixture
def tokens(db: None) -> dict[str, str]:
    """A caller of each kind by name: the text of its token; empty for the public."""
    person = create_account(
        actor=SYSTEM, username="lin", display_name="Lin", password="seven quiet rivers", roles=["operator"]
    )
    actor = Actor(person_id=person.id, name="Lin")

    def made(scopes: tuple[str, ...]) -> str:
        return access.make_token(actor=actor, name="test", scopes=scopes, days=30).text

    found = {"public": ""} | {kind: made(SCOPES.names()) for kind in ("token", "revoked", "expired")}
    found["token without scope"] = made(())
    other = create_account(actor=SYSTEM, username="wu", display_name="Wu", password="seven quiet rivers")
    stranger = Actor(person_id=other.id, name="Wu")
    found["somebody else"] = access.make_token(actor=stranger, name="test", scopes=SCOPES.names(), days=30).text
    access.revoke_token(actor=actor, key=found["revoked"].split("_")[1])
    past = timezone.now() - timedelta(seconds=1)
    ApiToken.objects.filter(key=found["expired"].split("_")[1]).update(expires_at=past)
    return found


def published_edition() -> int:
    """The smallest edition there can be: one number, and its patent."""
    now = timezone.now()
    project = Project.objects.create(
        title="x", type="industry", industry="biomedicine", chain_version=1, created_at=now
    )
    told = {"state": EditionState.PUBLISHED, "snapshot": 1, "asked_at": now, "published_at": now, "chain": {}}
    row = Edition.objects.create(project=project, number=1, token="t", digest="0" * 64, synthetic=True, **told)
    figures = [Figure("total", 1, FigureKind.COUNT, members=(0,))]
    row.nodes.create(
        code="",
        patents=1,
        figures=packing.values_of(figures),
        tables={},
        members=packing.packed(["CN-P106000002"], figures),
    )
    return row.pk


OF_PREEXAM = ("drafts", "subject-filings", "ledgers", "agencies")


def _of_preexam(actor: Actor) -> dict[str, str]:
    """The person of the tokens acts for a firm, and examines the drafts of others."""
    assert actor.person_id is not None
    for role in ("examiner", "supervisor"):
        grant_role(actor=SYSTEM, username="lin", role=role)
    owner = replace(actor, organisation_id=acts_for(actor, FIRM))
    return draft_examples(owner, actor.person_id)


def _namer(actor: Actor, keys: dict[str, Any]) -> Callable[[str], str]:
    """Puts the keys of this run into an address; what takes its time is made where an address asks for it."""
    disputes = AllExamples(actor)

    def here(address: str) -> str:
        path, joint, question = address.removeprefix(PREFIX).partition("?")
        if OF_OFFICE.fullmatch(path):
            grant_role(actor=SYSTEM, username="lin", role="case_officer")
        if made := disputes.address(path):
            return f"{PREFIX}{made}{joint}{question}"
        if "drafts" not in keys and path.startswith(OF_PREEXAM):
            keys.update(_of_preexam(actor))
        if "hall-matters" not in keys and path.startswith("hall-"):
            keys.update(matter_examples(actor))
        return with_keys(address, keys)

    return here


@pytest.fixture
def kept(holdings: Path, tokens: dict[str, str]) -> Iterator[Callable[[str], str]]:
    """What the person of the tokens keeps, one of each; puts the keys of this run into the address of an example."""
    actor = Actor(person_id=person_by_username(SYSTEM, "lin").id, name="Lin")
    saved = saving.save_query(actor=actor, name="泵", asked=DeskRequest("泵"), watch=[Change.NEW])
    told = {"new_hits": 0, "status_changes": 0, "owner_changes": 0}
    report = {"snapshot": 1, "since_snapshot": 0, "made_at": timezone.now(), **told}
    ChangeReport.objects.create(saved_query_id=saved, **report)
    wanted = ExportAsked("泵", "-AD", FileFormat.CSV, PROPOSED, "publication", "en", date(2026, 1, 1))
    export = jobs.request_export(actor=actor, asked=wanted, total=1).pk
    while not jobs.make_export(actor=SYSTEM, key=export):
        pass
    numbers = numbering.make_number_list(actor=actor, name="x", text="CN107000001A\nCN999999999X")
    dossier = keeping.make_dossier(actor=actor, name="x")
    keeping.add_patents(actor=actor, key=dossier, patent_ids=["CN-P106000002"])
    frozen = freeze_value(actor=SYSTEM, question=Question(metric="PAT-01"), title="x").number
    keys = {
        "frozen-values": frozen,
        "saved-queries": saved,
        "exports": export,
        "number-lists": numbers,
        "dossiers": dossier,
        "deposits": deposited(actor),
        "cases": complaints.complain(actor=actor, text="x").number,
        "editions": published_edition(),
    }
    yield _namer(actor, keys)
    shutil.rmtree(holdings / "exports", ignore_errors=True)
    shutil.rmtree(holdings / "query", ignore_errors=True)


@pytest.fixture
def ask(client: Client) -> Callable[..., Any]:
    """Ask the API: ``ask("search?query=…")``; a token and the language are extras."""

    def asking(path: str, token: str = "", method: str = "GET", **told: Any) -> Any:
        headers = {"accept-language": told.pop("language", "en")}
        if token:
            headers["authorization"] = f"Bearer {token}"
        address = path if path.startswith("/") else f"/api/v1/{path}"
        response = client.generic(method, address, headers=headers, **told)
        if response.streaming:
            b"".join(response.streaming_content)  # read to its end; a file stays open until then
        return response

    return asking
