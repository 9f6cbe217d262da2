"""How long cases are kept: proposal by the worker, two people, holds, packages; the count stays, the journal's chain stays whole."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api
from qiantang.commons.casework.methods import retention
from qiantang.commons.casework.methods.archive_package import Piece, checked, packed
from qiantang.commons.casework.models import Case, CaseDecision, CaseEvent, CaseParty, Disposal, LegalHold
from qiantang.commons.casework.services.archiving import disposing, holding, packing
from qiantang.commons.casework.tasks import tick
from qiantang.commons.casework.types.keeping import KEEPINGS, CaseKeeping, KeptTable, RetentionRule
from qiantang.commons.files.api import vault
from qiantang.commons.notices.api import service_of
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted

from .permits import PASSWORD, PERMIT, SYSTEM, brought_to, opened, person

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-18")]
RULE = RetentionRule(
    code="RT-99", kinds=(PERMIT.key,), since=date(2000, 1, 1), years=10, transfer=False, source="test", verified=False
)
ROOM = CaseKeeping(
    key="test",
    kinds=frozenset({PERMIT.key}),
    tables=(KeptTable(model="casework.Meeting", case="case", stays=frozenset({"link", "set_by"})),),
)


@pytest.fixture(autouse=True)
def room(monkeypatch, settings, tmp_path):
    settings.QIANTANG_HOME = tmp_path
    ruled(monkeypatch, RULE)
    monkeypatch.setattr(KEEPINGS, "_things", {**KEEPINGS._things, ROOM.key: ROOM})


def ruled(monkeypatch, *rules):
    monkeypatch.setattr(retention, "retention_rules", lambda: rules)


@pytest.fixture
def wu(db):
    return person("wu", "supervisor")


@pytest.fixture
def ended(lin, gu, shen):
    """A case that ended eleven years ago, with a name, a note and a decision in it."""
    case = opened(lin, title="Lin's secret pump")
    brought_to("proposed", lin, gu, case.number)
    api.decide(actor=shen, number=case.number, action="confirm", outcome="granted", text="because of Lin's valve")
    row = Case.objects.get(pk=case.id)
    vault.keep(actor=lin, belongs=f"case:{row.number}", kind="claims", name="pump.docx", content=b"the secret valve")
    Case.objects.filter(pk=row.pk).update(closed_at=timezone.now() - timedelta(days=11 * 366))
    return case.number


def agreed(shen, ended):
    disposing.propose_due(actor=SYSTEM)
    disposing.agree(actor=shen, number=ended)


def test_the_worker_proposes_what_is_due_once_and_disposes_of_nothing(ended, lin, monkeypatch):
    opened(lin)
    for _ in range(2):
        tick.call()
    assert [(one.state, one.rule) for one in Disposal.objects.all()] == [("proposed", "RT-99")]
    assert not Case.objects.filter(disposed_at__isnull=False).exists()
    with pytest.raises(NotPermitted, match=r"casework\.records_refused"):
        disposing.agree(actor=SYSTEM, number=ended)


@pytest.mark.parametrize(("years", "since", "proposed"), [(11, 2000, 1), (12, 2000, 0), (None, 2000, 0), (10, 2040, 0)])
def test_only_what_has_reached_the_day_of_its_rule_is_proposed(ended, monkeypatch, years, since, proposed):
    told = {"years": years, "since": date(since, 1, 1)}
    ruled(monkeypatch, RetentionRule(**{**{n: getattr(RULE, n) for n in RULE.__slots__}, **told}))
    assert disposing.propose_due(actor=SYSTEM) == proposed


def test_what_must_stay_takes_no_place_from_what_may_go(ended, lin, shen, monkeypatch):
    monkeypatch.setattr(disposing, "_AT_ONCE", 1)
    first = Case.objects.get()
    second = Case.objects.get(pk=opened(lin).id)
    Case.objects.filter(pk=second.pk).update(kind="preexam.invention", closed_at=first.closed_at - timedelta(days=9))
    assert disposing.propose_due(actor=SYSTEM) == 1  # the older one has no rule here
    assert Disposal.objects.get().case_id == first.pk


def test_a_later_block_of_the_table_holds_for_what_ended_later(monkeypatch):
    told = {n: getattr(RULE, n) for n in RULE.__slots__} | {"code": "RT-98", "since": date(2020, 1, 1), "years": 30}
    ruled(monkeypatch, RULE, RetentionRule(**told))
    early, late = date(2019, 12, 31), date(2020, 2, 29)
    assert [retention.rule_for(PERMIT.key, day).code for day in (early, late)] == ["RT-99", "RT-98"]
    assert retention.rule_for(PERMIT.key, date(1999, 12, 31)) is None
    assert retention.ends_on(RULE, late) == date(2030, 2, 28)
    assert retention.ends_on(retention.rule_for(PERMIT.key, late), late) == date(2050, 2, 28)


def test_two_people_are_needed_and_each_is_a_lead(ended, shen, wu, gu, lin):
    disposing.propose_due(actor=SYSTEM)
    with pytest.raises(Conflict, match=r"casework\.not_proposed"):
        disposing.dispose(actor=wu, number=ended)
    for stranger in (gu, lin):
        with pytest.raises(NotPermitted):
            disposing.agree(actor=stranger, number=ended)
    disposing.agree(actor=shen, number=ended)
    with pytest.raises(NotPermitted, match=r"casework\.four_eyes"):
        disposing.dispose(actor=shen, number=ended)
    disposing.dispose(actor=wu, number=ended)
    assert Case.objects.get().disposed_at is not None
    with pytest.raises(Conflict):
        disposing.dispose(actor=wu, number=ended)


def counted():
    return {
        "cases": sorted(Case.objects.values_list("kind", "state", "opened_at", "closed_at", "steps")),
        "decisions": sorted(CaseDecision.objects.values_list("outcome", "decided_at")),
        "story": sorted(CaseEvent.objects.values_list("sequence", "at", "action", "source", "target", "side")),
        "parties": sorted(CaseParty.objects.values_list("role", flat=True)),
    }


def everything():
    """All that the tables of cases hold, as text."""
    rows = [list(model.objects.values()) for model in (Case, CaseParty, CaseEvent, CaseDecision)]
    return json.dumps(rows, default=str, ensure_ascii=False)


def test_persons_and_contents_are_gone_the_count_stays_and_the_chain_is_whole(
    ended, shen, wu, lin, tmp_path, django_capture_on_commit_callbacks
):
    before = counted()
    agreed(shen, ended)
    objects = [one for one in (tmp_path / "vault" / "objects").rglob("*") if one.is_file()]
    assert len(objects) == 1
    with django_capture_on_commit_callbacks(execute=True):
        gone = disposing.dispose(actor=wu, number=ended)
    assert gone["vault"] == 1
    assert not objects[0].exists()
    assert counted() == before
    told = everything()
    for secret in ("Lin", "pump", "valve", "because"):
        assert secret not in told
    assert service_of(f"case:{Case.objects.get().number}") == ()
    assert audit.verify() is None
    verbs = {one.verb for one in audit.entries(SYSTEM)}
    assert {"casework.disposal.propose", "casework.disposal.agree", "casework.disposal.dispose"} <= verbs
    assert "files.sealed.erase" in verbs
    assert api.case_sheet(wu, ended).story  # it can still be looked at, and names nobody
    assert lin.person_id is not None


def test_a_hold_stops_every_disposal_in_the_storage_too_until_it_is_lifted(ended, shen, wu, lin):
    agreed(shen, ended)
    hold = holding.place_hold(actor=shen, number=ended, why="order of the court")
    second = holding.place_hold(actor=wu, number=ended, why="audit", until=timezone.localdate())
    with pytest.raises(Conflict, match=r"casework\.on_hold"):
        disposing.dispose(actor=wu, number=ended)
    sealed = vault.keep(actor=lin, belongs=f"case:{Case.objects.get().number}", kind="x", name="x", content=b"x")
    with pytest.raises(Conflict, match=r"files\.held"):
        vault.erase(actor=SYSTEM, sealed_id=sealed, reason="anything")
    holding.lift_hold(actor=wu, number=ended, hold=hold)
    with pytest.raises(Conflict, match=r"casework\.on_hold"):
        disposing.dispose(actor=wu, number=ended)
    holding.lift_hold(actor=wu, number=ended, hold=second)
    disposing.dispose(actor=wu, number=ended)


def test_a_hold_says_why_and_ends_on_its_day(ended, shen, wu):
    for why, until in (("", None), ("x", None)):
        with pytest.raises(Invalid, match=r"casework\.hold_why"):
            holding.place_hold(actor=shen, number=ended, why=why, until=until)
    with pytest.raises(Invalid, match=r"casework\.hold_until"):
        holding.place_hold(actor=shen, number=ended, why="audit", until=timezone.localdate() - timedelta(days=1))
    key = holding.place_hold(actor=shen, number=ended, why="audit", until=timezone.localdate())
    assert disposing.propose_due(actor=SYSTEM) == 0
    LegalHold.objects.filter(pk=key).update(until=timezone.localdate() - timedelta(days=1))
    assert holding.release_ended(SYSTEM) == 1
    assert disposing.propose_due(actor=SYSTEM) == 1


def test_what_is_declined_is_proposed_again_on_its_day_and_not_before(ended, shen):
    disposing.propose_due(actor=SYSTEM)
    later = timezone.localdate() + timedelta(days=30)
    with pytest.raises(Invalid):
        disposing.decline(actor=shen, number=ended, reason="", not_before=later)
    disposing.decline(actor=shen, number=ended, reason="a book is written on it", not_before=later)
    assert disposing.propose_due(actor=SYSTEM) == 0
    Disposal.objects.update(not_before=timezone.localdate())
    assert disposing.propose_due(actor=SYSTEM) == 1


# --- packages --------------------------------------------------------------------------------------------------------


def test_a_package_explains_itself_and_is_whole(ended, shen, lin):
    content = packing.make_package(actor=shen, number=ended)
    assert all(one.passed for one in checked(io.BytesIO(content)))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = set(package.namelist())
        assert {"README.txt", "manifest.json", "index.csv", "case.json", "history.csv", "journal.json"} <= names
        case = json.loads(package.read("case.json"))
        assert (case["title"], case["decisions"][0]["text"]) == ("Lin's secret pump", "because of Lin's valve")
        (kept,) = [one for one in names if one.startswith("files/")]
        assert kept.endswith(".docx")
        assert package.read(kept) == b"the secret valve"
        assert json.loads(package.read("history.json"))[0]["sequence"] == 1
    read = [one for one in audit.entries(SYSTEM) if one.verb == "files.sealed.read"]
    assert read[0].actor_name == "Shen"


def test_what_goes_to_the_archive_is_not_let_go_before(ended, shen, wu, monkeypatch):
    told = {n: getattr(RULE, n) for n in RULE.__slots__} | {"transfer": True}
    ruled(monkeypatch, RetentionRule(**told))
    disposing.propose_due(actor=SYSTEM)
    with pytest.raises(Conflict, match=r"casework\.no_package"):
        disposing.agree(actor=shen, number=ended)
    packing.make_package(actor=shen, number=ended)
    disposing.agree(actor=shen, number=ended)
    disposing.dispose(actor=wu, number=ended)
    with pytest.raises(Conflict, match=r"casework\.disposed_already"):
        packing.make_package(actor=shen, number=ended)


def test_a_kind_whose_room_says_nothing_is_not_disposed_of(ended, monkeypatch):
    monkeypatch.setattr(KEEPINGS, "_things", {})
    assert disposing.propose_due(actor=SYSTEM) == 0


PIECES = st.dictionaries(st.from_regex(r"[a-z]{1,8}\.txt", fullmatch=True), st.binary(max_size=60), max_size=4)


@settings(deadline=None, max_examples=40)
@given(PIECES, st.data())
def test_any_changed_missing_or_added_file_is_found(told, data):
    pieces = [Piece(f"files/{path}", content, "file") for path, content in sorted(told.items())]
    whole = packed(pieces, {"case": "x"})
    assert whole == packed(pieces, {"case": "x"})
    assert all(one.passed for one in checked(io.BytesIO(whole)))
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        entries = {one: package.read(one) for one in package.namelist()}
    victim = data.draw(st.sampled_from(sorted(entries)))
    act = data.draw(st.sampled_from(["change", "remove", "add"]))
    if act == "change":
        entries[victim] += b"!"
    elif act == "remove":
        del entries[victim]
    else:
        entries["files/added"] = b""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in entries.items():
            package.writestr(name, content)
    assert not all(one.passed for one in checked(out))


def test_what_is_no_package_is_said_to_be_none(tmp_path):
    place = tmp_path / "x.zip"
    place.write_bytes(b"no zip")
    assert [one.passed for one in checked(place)] == [False]


# --- pages -----------------------------------------------------------------------------------------------------------


def browser(name, language="en"):
    client = Client(headers={"accept-language": language})
    client.post("/sign-in", {"username": name, "password": PASSWORD})
    return client


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_from_the_proposal_to_the_end_by_page(ended, shen, wu, gu, language):
    disposing.propose_due(actor=SYSTEM)
    first, second = browser("shen", language), browser("wu", language)
    assert browser("gu").get("/desk/records").status_code == 403
    assert ended in first.get("/desk/records").content.decode()
    address = f"/desk/records/{ended}"
    assert "RT-99" in first.get(address).content.decode()
    assert first.post(f"{address}/act", {"act": "hold", "why": ""}).status_code == 422
    assert first.post(f"{address}/act", {"act": "agree"}).status_code == 302
    assert first.post(f"{address}/act", {"act": "dispose"}).status_code == 403
    assert second.post(f"{address}/act", {"act": "dispose"}).status_code == 302
    page = second.get(address).content.decode()
    assert "secret pump" not in page
    assert ended in second.get("/desk/records?view=done").content.decode()


def test_the_package_by_page(ended, shen):
    response = browser("shen").post(f"/desk/records/{ended}/package")
    assert response["Content-Type"] == "application/zip"
    assert all(one.passed for one in checked(io.BytesIO(response.content)))
