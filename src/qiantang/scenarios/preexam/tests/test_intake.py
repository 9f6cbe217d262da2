"""A draft is begun, filled and handed in; it lies encrypted, and every reading of it is told to its parties."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from qiantang.commons.casework import api as casework
from qiantang.commons.casework.tests.contracts import WorkflowContract
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.scenarios.preexam.methods.checks import rulebook
from qiantang.scenarios.preexam.selectors import drafts as reads
from qiantang.scenarios.preexam.selectors.gaps import gaps
from qiantang.scenarios.preexam.services import intake, reading
from qiantang.scenarios.preexam.types import DraftType
from qiantang.scenarios.preexam.workflow import DRAFTS

from .drafts import FIXTURE, REPAIRED, fired
from .people import FIRM, PDF, PNG, STATED, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


class TestInvention(WorkflowContract):
    kind = DRAFTS[DraftType.INVENTION]


def missing(house, number):
    row, _card = reads.draft_row(house.lin, number)
    return [(one.rule, one.text) for one in gaps(house.lin, row) if one.blocking]


@pytest.mark.feature("S1-11")
def test_all_that_is_missing_is_told_at_once_and_keeps_it_back(house):
    number = intake.open_draft(actor=house.lin, kind="invention").number
    assert number.startswith("HZYS-")
    told = [text for _rule, text in missing(house, number)]
    assert told[0] == "The main class"
    assert told[-4:] == [
        "Self-check sheet of the applicant",
        "Report of the prior-art search",
        "Undertaking, signed",
        "The draft itself",
    ]
    assert len(told) == 1 + len(STATED) + 4
    with pytest.raises(Conflict) as refused:
        intake.submit_draft(actor=house.lin, number=number)
    assert (refused.value.code, refused.value.facts["count"]) == ("preexam.gaps", len(told))
    with pytest.raises(Conflict, match="draft_on_page"):
        casework.advance(actor=house.lin, number=number, action="submit")
    house.fill(house.lin, number)
    assert missing(house, number) == []
    assert intake.submit_draft(actor=house.lin, number=number) == "submitted"
    with pytest.raises(Conflict, match="draft_not_editable"):
        upload(house.lin, number)


@pytest.mark.feature("S1-03")
def test_a_class_outside_the_field_and_a_statement_that_bars_are_told_with_their_rules(house):
    number = house.filled()
    told = {**STATED, "divisional": True, "twin": True}
    intake.save_statements(actor=house.lin, number=number, main_class="C07D 1/00", told=told)
    row, _card = reads.draft_row(house.lin, number)
    found = {one.rule: one for one in gaps(house.lin, row)}
    assert set(found) == {"EL-2", "EL-4", "EL-7"}
    assert "C07D 1/00 lies outside" in found["EL-2"].text
    assert (found["EL-4"].blocking, found["EL-7"].blocking) == (True, False)


def test_only_active_subjects_and_their_people_begin(house):
    with pytest.raises(NotPermitted, match="act_for_first"):
        intake.open_draft(actor=replace(house.lin, organisation_id=None), kind="invention")
    with pytest.raises(Conflict, match="subject_not_active"):
        intake.open_draft(actor=house.ma, kind="invention")
    with pytest.raises(Invalid, match="kind_unknown"):
        intake.open_draft(actor=house.lin, kind="plant")
    number = house.filled()
    for who in (house.stranger, house.ma, house.gu):
        with pytest.raises(NotFound, match="unknown"):
            reads.draft(who, number)
    with pytest.raises(NotFound, match="unknown"):
        upload(house.gu, number)


def test_a_file_that_is_no_draft_or_no_paper_is_refused_and_nothing_is_kept(house, tmp_path):
    number = house.filled()
    before = sorted((tmp_path / "vault" / "objects").rglob("*"))
    with pytest.raises(Invalid, match=r"preexam\.empty"):
        upload(house.lin, number, "")
    for content in (b"", b"MZ\x90\x00 a program", b"x" * (20 * 2**20 + 1)):
        with pytest.raises(Invalid, match="paper_kind"):
            intake.hand_in_paper(
                actor=house.lin, number=number, slot="prior_art", stream=io.BytesIO(content), name="a.pdf"
            )
    with pytest.raises(Invalid, match="paper_slot"):
        intake.hand_in_paper(
            actor=house.lin, number=number, slot="power_of_attorney", stream=io.BytesIO(PNG), name="a.png"
        )
    assert sorted((tmp_path / "vault" / "objects").rglob("*")) == before
    intake.hand_in_paper(actor=house.lin, number=number, slot="prior_art", stream=io.BytesIO(PDF), name="a.pdf")


@pytest.mark.feature("S1-20")
def test_a_draft_lies_encrypted_and_opens_for_its_parties_and_who_has_it_in_hand(house, tmp_path):
    number = house.filled()
    intake.submit_draft(actor=house.lin, number=number)
    lying = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    with connection.cursor() as cursor:
        stored = ""
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            stored += str(cursor.fetchall())
    for words in ("离心水泵", "磁悬浮", "张三"):
        assert words.encode() not in lying
        assert words not in stored
    assert reading.open_version(actor=house.lin, number=number).name == "泵.txt"
    with pytest.raises(NotPermitted, match="draft_closed_to_you"):
        reading.open_version(actor=house.gu, number=number)
    casework.parties.assign(actor=house.gu, number=number, person_id=house.gu.person_id)
    opened = reading.open_version(actor=house.gu, number=number)
    with pytest.raises(NotPermitted, match="draft_closed_to_you"):
        reading.open_version(actor=house.shen, number=number)
    assert [(one.rule, one.claim) for one in opened.report.findings] == fired(FIXTURE, as_of=opened.report.as_of)
    told = [(one.read_as, one.kind, one.why) for one in reads.draft(house.lin, number).readings]
    assert told == [("examiner", "draft", "submitted"), ("party", "draft", "submitted")]


@pytest.mark.feature("S1-20")
def test_findings_stay_those_of_the_rules_of_their_day(house, monkeypatch):
    number = house.filled()
    first = reading.open_version(actor=house.lin, number=number).report
    version = reads.draft(house.lin, number).versions[0]
    assert (version.rules_version, version.errors) == (first.rules_version, 7)
    monkeypatch.setattr("qiantang.scenarios.preexam.services.intake.check", lambda *_: 1 / 0)
    assert reading.open_version(actor=house.lin, number=number).report == first
    assert rulebook()


def test_a_version_not_handed_in_is_replaced_and_what_was_handed_in_stays(house):
    number = house.filled()
    assert upload(house.lin, number, REPAIRED) == 1
    shown = reads.draft(house.lin, number)
    assert [(one.number, one.errors, one.handed_in) for one in shown.versions] == [(1, 0, None)]
    intake.submit_draft(actor=house.lin, number=number)
    assert reads.draft(house.lin, number).versions[0].handed_in is not None


@pytest.mark.feature("S1-02")
def test_an_agency_hands_in_while_it_stands_on_the_list_and_is_refused_with_the_article_otherwise(house):
    with pytest.raises(NotPermitted) as refused:
        intake.open_draft(actor=house.ma, kind="invention", applicant_uscc=FIRM)
    assert refused.value.code == "preexam.agency_unlisted"
    code = reads.organisations.organisations_named([house.ma.organisation_id])[house.ma.organisation_id].uscc
    house.list_agency(code, day=date(2026, 1, 1))
    number = intake.open_draft(actor=house.ma, kind="invention", applicant_uscc=FIRM).number
    house.fill(house.ma, number)
    assert [text for _rule, text in missing(house, number)] == ["Power of attorney for the agency"]
    intake.hand_in_paper(actor=house.ma, number=number, slot="power_of_attorney", stream=io.BytesIO(PNG), name="a.png")
    house.list_agency(FIRM, day=date(2026, 6, 1))  # the next edition does not name it any more
    with pytest.raises(NotPermitted) as refused:
        intake.submit_draft(actor=house.ma, number=number)
    assert (refused.value.facts["article"], refused.value.facts["day"]) == ("宁波办法第13条", "2026-06-01")
    house.list_agency(code, FIRM, day=date(2026, 7, 1))
    assert intake.submit_draft(actor=house.ma, number=number) == "submitted"
    assert reads.draft(house.lin, number).reads_as == "party"  # the applicant sees what its agency handed in
