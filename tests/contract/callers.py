"""One caller of each kind, and one thing of each kind that somebody owns, for the matrix of permissions.

The ``applicant`` owns whatever a person may own and acts for a firm under a mandate; the ``analyst`` leads the project.
"""

from __future__ import annotations

import io
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.test import Client
from django.utils import timezone

from qiantang.commons.accounts.api import access, create_account, mandates
from qiantang.commons.accounts.models import Account
from qiantang.commons.accounts.services import security
from qiantang.commons.accounts.services.stepping_up import SHOWN_AT
from qiantang.commons.accounts.types import ACTING_FOR, SCOPES, Role
from qiantang.commons.audit import api as audit
from qiantang.commons.casework.services.feeds import make_feed
from qiantang.commons.evidence import api as evidence
from qiantang.commons.evidence.methods import containers
from qiantang.commons.evidence.models import CaptureSchedule, OpeningGrant, WebCapture
from qiantang.commons.evidence.services.depositing import deposit_kept_batch
from qiantang.commons.evidence.types import Kind
from qiantang.commons.metrics.api import freeze_value
from qiantang.commons.metrics.types import Question
from qiantang.commons.notices.models import Dispatch, Notice
from qiantang.corpus.ingest.models import ImportRun, SavedMapping
from qiantang.corpus.parties import api as parties
from qiantang.corpus.parties.models import FiledName, GroupLink, Membership, ReviewItem
from qiantang.corpus.parties.types import NameSeen
from qiantang.kernel.actor import Actor
from qiantang.portal.deadlines.services import make_feed as make_patent_feed
from qiantang.portal.exchange.tests.things import things as exchange_things
from qiantang.portal.hall.methods.forms import written_form
from qiantang.portal.hall.models import MatterFile
from qiantang.portal.hall.selectors import forms as form_reads
from qiantang.portal.hall.services import forms as form_services
from qiantang.portal.hall.services import handling, matters
from qiantang.scenarios.navigation.models import Edition, EditionNode, Recommendation, Sample, SampleItem
from qiantang.scenarios.navigation.services import editions, projects
from qiantang.scenarios.navigation.types import EditionState, ProjectType
from qiantang.scenarios.preexam.services import subjects as preexam
from qiantang.scenarios.protection.services import disputes
from qiantang.scenarios.protection.types import Intake
from qiantang.scenarios.query.methods.differences import Change
from qiantang.scenarios.query.methods.exporting.asked import ExportAsked, FileFormat
from qiantang.scenarios.query.methods.exporting.columns import PROPOSED
from qiantang.scenarios.query.models import ChangeReport, DossierEntry, DossierLink, DossierShare
from qiantang.scenarios.query.services import dossiers, numbering, saving, sharing
from qiantang.scenarios.query.services.exporting import jobs
from qiantang.scenarios.query.types import DeskRequest
from tests.contract.drafts import acts_for, draft_examples, draft_things
from tests.contract.matters import matter_examples

SYSTEM = Actor.system("test")
PASSWORD = "seven quiet rivers"
FIRM, AGENCY_FIRM = "913301067996550582", "913301067125607519"
PATENT = "CN201710601862"
STRANGER, PERSON, APPLICANT, AGENCY = "stranger", "person", "applicant", "agency"
CALLERS = (STRANGER, PERSON, APPLICANT, AGENCY, *Role)


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who asks: by a browser with a session, or by a program with a token."""

    name: str
    actor: Actor
    browser: Client
    token: str


def everybody() -> dict[str, Caller]:
    """A caller of each kind."""
    found = {STRANGER: Caller(STRANGER, Actor.public(), Client(), "")}
    for name in CALLERS[1:]:
        roles = [name] if name in frozenset(Role) else []
        made = create_account(actor=SYSTEM, username=name, display_name=name, password=PASSWORD, roles=roles)
        actor = Actor(person_id=made.id, name=name, roles=frozenset(roles))
        token = access.make_token(actor=actor, name="test", scopes=SCOPES.names(), days=30).text
        found[name] = Caller(name, actor, Client(), token)
        found[name].browser.force_login(Account.objects.get(pk=made.id))
    firms = {name: acts_for(found[name].actor, uscc) for name, uscc in ((APPLICANT, FIRM), (AGENCY, AGENCY_FIRM))}
    for name in CALLERS[1:]:
        one = found[name]
        held = one.browser.session
        held[SHOWN_AT] = int(timezone.now().timestamp())
        if name in firms:
            held[ACTING_FOR] = firms[name]
            found[name] = replace(one, actor=replace(one.actor, organisation_id=firms[name]))
        held.save()
    return found


def things(people: dict[str, Caller]) -> dict[str, dict[str, Any]]:
    """What stands in the place of each argument of an address: by the first word of its name, then by the argument."""
    owner, other = people[APPLICANT].actor, people[AGENCY].actor
    return {
        "accounts": _of_accounts(owner, people[PERSON].actor),
        "notices": _of_notices(owner),
        "exchange": exchange_things(),
        "rulebook": {"key": "preexam.subjects.default"},
        **_of_cases(owner),
        **_of_hall(owner, people),
        **_of_parties(),
        "register": {"number": PATENT},
        "register:party-page": {"number": 1},
        "measures": {
            "id": "PAT-01",
            "number": freeze_value(actor=SYSTEM, question=Question(metric="PAT-01"), title="x").number,
        },
        "ingest": _of_ingest(),
        "query": _of_query(owner, other),
        "protection": {"number": deposited(owner), "language": "en"},
        **_of_collecting(owner, people[PERSON].actor),
        **_of_disputes(replace(owner, organisation_id=None)),
        "navigation": _of_navigation(people[Role.ANALYST].actor),
        "monitoring": {"codes": "330100"},
        "deadlines": {"secret": make_patent_feed(actor=owner)},
    }


def _of_accounts(owner: Actor, asks: Actor) -> dict[str, Any]:
    security.note_session(actor=owner, session_key="x" * 32, address=None, agent="")
    firm = owner.organisation_id
    assert firm is not None
    today = timezone.localdate()
    asked = mandates.request_mandate(
        actor=asks, organisation_id=firm, scopes=["everything"], start_date=today, end_date=today, evidence="委托书"
    )
    use = audit.use_data(actor=owner, purpose="query.export", for_whom="x", scope="x", counts={})
    return {
        "session": 0,
        "mandate": asked.id,
        "use": use,
        "key": access.make_token(actor=owner, name="x", scopes=[], days=30).token.key,
    }


def _of_notices(owner: Actor) -> dict[str, Any]:
    notice, now = _notice(owner), timezone.now()
    told = {"person_id": owner.person_id, "notice_id": notice, "mark": uuid4(), "state": "refused"}
    sent = Dispatch.objects.create(created_at=now, next_at=now, **told)
    return {"notice": notice, "dispatch": sent.pk, "organisation": owner.organisation_id, "code": "casework.moved"}


def _notice(owner: Actor) -> int:
    now = timezone.now()
    told = {"kind": "query.dossier_shared", "key": "x", "subject": "dossier:1", "link": "/inbox", "created_at": now}
    return Notice.objects.create(person_id=owner.person_id, facts={"name": "x", "person": "x"}, **told).pk


def _of_cases(owner: Actor) -> dict[str, dict[str, Any]]:
    opened = preexam.open_subject_filing(actor=owner)
    secret = make_feed(actor=owner, number=opened.number)
    return {
        "casework": {"number": opened.number, "secret": secret},
        "preexam": {"number": opened.number},
        **draft_things(owner, opened.id),
    }


def _of_hall(owner: Actor, people: dict[str, Caller]) -> dict[str, dict[str, Any]]:
    """A matter of the firm that has ended with its document, one just begun, one with the office, a form brought in."""
    officer, lead = people[Role.CASE_OFFICER].actor, people[Role.SUPERVISOR].actor
    ended, begun, handed_in = (_matter(owner) for _one in range(3))
    for number in (ended, handed_in):
        matters.submit_matter(actor=owner, number=number)
    receipt = handling.accept_matter(actor=officer, number=ended)
    handling.decide_matter(actor=lead, number=ended, action="complete", text="x")
    file = MatterFile.objects.filter(matter__case__number=begun.replace("-", "")).values_list("pk", flat=True)[0]
    told = {**written_form(form_reads.newest_form("general")), "key": "mine"}
    form_services.import_form(actor=lead, told=told)
    return {
        "hall": {"number": begun, "step": "you", "code": "0202", "key": "mine", "version": 1},
        "hall:matter-file": {"number": begun, "key": file},
        "hall:matter-act": {"number": handed_in},
        "hall:matter-rate": {"number": ended},
        "documents": {"number": receipt.number, "language": "en", "name": "pdf"},
    }


def _matter(owner: Actor) -> str:
    number = matters.open_matter(actor=owner, code="0202").number
    you = {"who": "person", "name": "x", "contact": "x", "phone": "0571-87000000"}
    matters.save_step(actor=owner, number=number, step="you", given=you)
    told = {"subject": "x", "account": "x", "agent": "no"}
    matters.save_step(actor=owner, number=number, step="matter", given=told)
    paper = io.BytesIO(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
    matters.hand_in_file(actor=owner, number=number, about="licence_contract", name="x.pdf", stream=paper)
    return number


def _of_disputes(owner: Actor) -> dict[str, dict[str, Any]]:
    number = disputes.open_dispute(actor=owner).number
    told = Intake(
        right_kind="invention",
        right_number="ZL202010000001.0",
        right_in_force=True,
        matter="infringement",
        respondent="x",
        place="x",
        happened_on=timezone.localdate(),
        description="x",
        wanted="x",
        damages_yuan=1,
    )
    disputes.save_intake(actor=owner, number=number, told=told)
    disputes.add_exhibit(actor=owner, number=number, deposit=deposited(owner))
    disputes.file_dispute(actor=owner, number=number)
    matter = disputes.choose_route(actor=owner, number=number, route="mediation")
    fresh = disputes.open_dispute(actor=owner).number
    return {
        "protection:dispute-show": {"number": number},
        "protection:dispute-act": {"number": fresh},
        "protection:chart-list": {"number": number},
        "protection:takedown-list": {"number": number},
        "protection:matter-show": {"number": matter},
        "protection:matter-act": {"number": matter},
        "protection:matter-sign": {"number": matter},
        "protection:connector-callback": {"connector": "court"},
    }


def _of_parties() -> dict[str, dict[str, Any]]:
    one, two = "杭州钱潮机械有限公司", "杭州钱潮机械股份有限公司"
    parties.learn_names(actor=SYSTEM, names=[NameSeen(one), NameSeen(two)])
    first, second = (FiledName.objects.get(text=text) for text in (one, two))
    now = timezone.now()
    item = ReviewItem.objects.get().pk
    third = FiledName.objects.create(text="x", whole="x", standard="x", learnt_at=now)
    into = Membership.objects.create(name=third, into=first, rule="x", score=1, confidence=1, since=now, person="x").pk
    link = GroupLink.objects.create(child=second, parent=first, kind="part", person="x", made_at=now).pk
    return {"parties": {"item": item, "membership": into, "link": link, "number": first.pk}}


def _of_ingest() -> dict[str, Any]:
    now = timezone.now()
    run = ImportRun.objects.create(
        kind="files", state="succeeded", requested_at=now, requested_by="x", load=1, snapshot=1, report={}
    )
    SavedMapping.objects.create(name="x", version=1, text="x = 1", header=[], saved_at=now, saved_by="x")
    return {"run_id": run.pk, "name": "x", "version": 1, "dump": "snapshot-1", "file": "receipt.json"}


def _of_query(owner: Actor, other: Actor) -> dict[str, Any]:
    saved = saving.save_query(actor=owner, name="泵", asked=DeskRequest("泵"), watch=[Change.NEW])
    told = {"new_hits": 0, "status_changes": 0, "owner_changes": 0}
    ChangeReport.objects.create(saved_query_id=saved, snapshot=1, since_snapshot=0, made_at=timezone.now(), **told)
    wanted = ExportAsked("泵", "-AD", FileFormat.CSV, PROPOSED, "publication", "en", timezone.localdate())
    export = jobs.request_export(actor=owner, asked=wanted, total=1).pk
    while not jobs.make_export(actor=SYSTEM, key=export):
        pass
    dossier = dossiers.make_dossier(actor=owner, name="x")
    dossiers.add_patents(actor=owner, key=dossier, patent_ids=[PATENT])
    entry = DossierEntry.objects.get(dossier_id=dossier).pk
    dossiers.comment(actor=owner, key=dossier, entry=entry, text="x")
    sharing.share_dossier(actor=owner, key=dossier, username=other.name, may_write=False)
    token = sharing.make_link(actor=owner, key=dossier, days=30)
    return {
        "saved": saved,
        "lists": numbering.make_number_list(actor=owner, name="x", text="CN107000001A"),
        "exports": export,
        "dossiers": dossier,
        "entry": entry,
        "comment": DossierEntry.objects.get(pk=entry).comments.get().pk,
        "share": DossierShare.objects.get(dossier_id=dossier).pk,
        "link": DossierLink.objects.get(dossier_id=dossier).pk,
        "token": token.rpartition("/")[2],
        "snapshot": 1,
        "patent_id": PATENT,
        "number": PATENT,
    }


def deposited(owner: Actor) -> str:
    """A kept file of somebody, stamped."""
    asked = evidence.Asked(name="battery.txt", digests={}, size_bytes=0)
    number = evidence.deposit_file(actor=owner, stream=io.BytesIO(b"claim 1: a battery"), asked=asked)
    evidence.seal_and_stamp(actor=SYSTEM)
    return number


def _of_collecting(owner: Actor, friend: Actor) -> dict[str, Any]:
    """A capture with one file and a picture, its schedule, and a sealed container that is open to nobody else."""
    now, told = timezone.now(), {"url": "https://shop.example/", "purpose": "x"}
    schedule = CaptureSchedule.objects.create(
        number="WS-1", owner_id=owner.person_id, every_days=7, next_at=now + timedelta(days=7), **told
    )
    asked = evidence.Asked(name="page", digests={}, size_bytes=0, kind=Kind.WEB_PAGE)
    kept = [("page.txt", evidence.custody.keep(io.BytesIO(b"x"), most=10))]
    deposit = deposit_kept_batch(actor=owner, asked=asked, files=kept)
    one = WebCapture.objects.create(
        number="WC-1", owner_id=owner.person_id, schedule=schedule, state="whole", asked_at=now, ended_at=now,
        deposit=deposit, **told,
    )  # fmt: skip
    place = evidence.collected.preview_path(one.number)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"x")
    sealed = b"".join(containers.sealed(io.BytesIO(b"x"), name="x", size=1, password="x", iterations=1))
    secret = evidence.collecting.deposit_container(actor=owner, name="x", statement="", stream=io.BytesIO(sealed))
    evidence.collecting.grant_opening(actor=owner, number=secret, username=friend.name, days=1, reason="x")
    OpeningGrant.objects.update(until=now)
    began = evidence.collecting.begin_collection(actor=owner, kind="photo", title="x")
    for step in ("place", "overview", "detail"):
        evidence.collecting.add_to_collection(actor=owner, number=began, step=step, note="x")
    collection = {"number": began}
    capture = {"number": one.number, "name": "page.txt"}
    container = {"number": secret, "grant": OpeningGrant.objects.get().pk}
    return {
        **{f"protection:{name}": capture for name in ("capture-detail", "capture-preview", "capture-product")},
        **{f"protection:secret-{name}": container for name in ("detail", "open", "grant", "revoke")},
        **{f"protection:collection-{name}": collection for name in ("detail", "add", "close")},
        "protection:schedule-stop": {"number": schedule.number},
    }


def _of_navigation(lead: Actor) -> dict[str, Any]:
    project = projects.begin_project(
        actor=lead, title="x", kind=ProjectType.INDUSTRY, question="x", scope="x", industry="biomedicine"
    )
    now = timezone.now()
    edition = editions.request_edition(actor=lead, key=project)
    _made_ready(edition)
    words = {"node": "1.1", "query": "x", "strategy": "x", "seed": "x", "snapshot": 1, "population": 1, "found": 1}
    sample = Sample.objects.create(project_id=project, kind="precision", drawn_at=now, **words)
    SampleItem.objects.create(sample=sample, position=1, patent_id=PATENT, found=True)
    one = Recommendation.objects.create(
        project_id=project, text="x", owner_name="x", due_date=timezone.localdate(), written_at=now
    )
    return {
        "industries": "biomedicine",
        "code": "1.1",
        "projects": project,
        "samples": sample.pk,
        "editions": edition,
        "one": one.pk,
    }


def _made_ready(edition: int) -> None:
    """An edition as it stands once it is computed; with one node and no figures."""
    members = zlib.compress(json.dumps({"ids": [], "places": {}}).encode())
    EditionNode.objects.create(edition_id=edition, patents=0, figures={}, tables={}, members=members)
    Edition.objects.filter(pk=edition).update(
        state=EditionState.READY, snapshot=1, synthetic=True, as_of=timezone.localdate(), made_at=timezone.now()
    )


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written within is not kept."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


BLANK = [{"BACKEND": "tests.contract.blank.BlankTemplates", "DIRS": [], "APP_DIRS": False, "OPTIONS": {}}]


def of_programs(people: dict[str, Caller]) -> dict[str, Any]:
    """Keys of what the applicant keeps, by the noun in the address of an operation."""
    kept = _of_query(people[APPLICANT].actor, people[AGENCY].actor)
    frozen = freeze_value(actor=SYSTEM, question=Question(metric="PAT-01"), title="x").number
    examiner = people[Role.EXAMINER].actor.person_id
    assert examiner is not None
    return {
        **matter_examples(replace(people[APPLICANT].actor, organisation_id=None)),
        **draft_examples(people[APPLICANT].actor, examiner),
        "saved-queries": kept["saved"],
        "exports": kept["exports"],
        "number-lists": kept["lists"],
        "dossiers": kept["dossiers"],
        "frozen-values": frozen,
        "deposits": deposited(people[APPLICANT].actor),
        "cases": disputes.open_dispute(actor=replace(people[APPLICANT].actor, organisation_id=None)).number,
    }


def with_keys(address: str, known: dict[str, Any]) -> str:
    """An address of an example with the key of what is there in the place of its number. ``known`` has it by the noun; what
    stands behind the first of its kind, by noun and number: ``drafts/2``.
    """

    def key(found: re.Match[str]) -> str:
        noun, place = found.groups()
        return f"/v1/{noun}/{known.get(noun if place == '1' else f'{noun}/{place}', place)}"

    return re.sub(r"/v1/([a-z-]+)/([0-9])(?=/|$|\?)", key, address)
