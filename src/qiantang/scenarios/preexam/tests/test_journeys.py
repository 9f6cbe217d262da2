"""Three whole lives of a draft handed in as DOCX: it passes and is filed, it is refused, it lapses by time."""

from __future__ import annotations

import io
import re
from datetime import date
from uuid import uuid4

import docx
import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone, translation

from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.documents import api as documents
from qiantang.commons.events.api import Delivered
from qiantang.commons.files.api import readings_of
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted
from qiantang.scenarios.preexam.handlers import issue_the_notice
from qiantang.scenarios.preexam.selectors import drafts as reads
from qiantang.scenarios.preexam.selectors.desk import second_reading_agreement
from qiantang.scenarios.preexam.services import answering, concluding, examining, following, intake, reading
from qiantang.scenarios.preexam.types.drafts import NewItem

from .drafts import REPAIRED
from .people import FIRM, PNG, STATED, SYSTEM, House

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S1-15")]
NUMBER = "202610123456.X"
# six things wrong: words of the sound draft, what stands there instead, the rule that has to find it
PLANTED = (
    ("厚度为2.5~3.5 mm,", "厚度约为3 mm,", "CL-14"),
    ("所述壳体(1)为铸铁", "所述壳体(1)最好为铸铁", "CL-14"),
    ("权利要求1所述的离心水泵,其特征在于,还包括传感器", "权利要求6所述的离心水泵,其特征在于,还包括传感器", "CL-04"),
    ("电流。\n", "电流。还包括报警。\n", "CL-03"),
    ("一种离心水泵及其控制方法", "一种离心水泵", "RQ-08"),
    ("图2：2、5、6", "图2：2、5、7", "DR-04"),
)
CLAIM_2 = ("厚度为2.5~3.5 mm。", "厚度约为3 mm。")


def defective() -> str:
    text = REPAIRED.replace(*CLAIM_2, 1)
    for sound, wrong, _rule in PLANTED[1:]:
        assert sound in text, sound
        text = text.replace(sound, wrong, 1 if wrong.startswith("电流") else -1)
    return text


def word_file(text: str) -> io.BytesIO:
    made = docx.Document()
    for line in text.splitlines():
        made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    out.seek(0)
    return out


@pytest.fixture
def house(settings, tmp_path, monkeypatch):
    settings.QIANTANG_HOME = tmp_path
    monkeypatch.setattr(concluding, "is_drawn", lambda *_: False)
    with translation.override("zh-hans"):
        yield House()


def handed_in(house: House, text: str) -> str:
    """By the agency, as DOCX, with everything that is needed."""
    ma = house.ma
    house.list_agency(reads.organisations.organisations_named([ma.organisation_id])[ma.organisation_id].uscc)
    number = intake.open_draft(actor=ma, kind="invention", applicant_uscc=FIRM).number
    intake.save_statements(actor=ma, number=number, main_class="F04D 1/00", told=STATED)
    intake.hand_in_version(actor=ma, number=number, stream=word_file(text), name="水泵.docx")
    for slot in ("self_check", "prior_art", "undertaking", "power_of_attorney"):
        intake.hand_in_paper(actor=ma, number=number, slot=slot, stream=io.BytesIO(PNG), name=f"{slot}.png")
    intake.submit_draft(actor=ma, number=number)
    examining.accept_draft(actor=house.gu, number=number)
    examining.assign_draft(actor=house.shen, number=number, person_id=house.gu.person_id)
    return number


def asked(house: House, number: str, *claims: int) -> None:
    for claim in claims:
        item = NewItem("claims", claim, None, "CL-14", "请写明数值。")
        examining.add_item(actor=house.gu, number=number, item=item)
    examining.request_amendment(actor=house.gu, number=number)


def confirmed(house: House, number: str, outcome: str, action: str) -> str:
    """Confirmed by the supervisor, the notice issued by the reaction to it; returns the number of the document."""
    concluding.confirm_conclusion(actor=house.shen, number=number, outcome=outcome)
    case = reads.draft_row(house.gu, number)[0].case_id
    told = {"kind": "preexam.invention", "action": action, "case_id": case}
    for _again in range(2):  # an event may be delivered twice
        issue_the_notice(Delivered(uuid4(), "casework.case.advanced", told, timezone.now()))
    (paper,) = documents.documents_of_case(house.ma, number)
    return paper.number


def verified(actor, paper: str) -> str:
    """The page behind the address of the code on the notice, as a stranger sees it."""
    pdf, _name = documents.document_file(actor=actor, number=paper, language="zh-hans")
    text = re.sub(r"\s", "", "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(pdf)).pages))
    address = re.search(r"/verify\?number=[A-Z0-9-]+", text)
    assert address, text
    answer = Client().get(address[0])
    assert answer.status_code == 200
    return answer.content.decode()


def state(house: House, number: str) -> str:
    return reads.draft(house.lin, number).sheet.card.state


def rules_found(house: House, actor, number: str) -> set[str]:
    return {one.rule for one in reading.open_version(actor=actor, number=number).report.findings}


SNEAKED = REPAIRED.replace("其轴承磨损大。\n发明内容", "其轴承磨损很大。\n发明内容")


def amended_with_a_change_nobody_asked_for(house: House, number: str) -> None:
    asked(house, number, 2, 3, 5, 6)
    intake.hand_in_version(actor=house.ma, number=number, stream=word_file(SNEAKED), name="水泵.docx")
    answers = dict.fromkeys(range(1, 5), "已修改。")
    answering.answer_items(actor=house.ma, number=number, answers=answers)
    found = answering.compare_versions(actor=house.ma, number=number)
    formal = [at for at, one in enumerate(found) if not one.items and one.part in ("request", "drawings")]
    titles = [at for at, one in enumerate(found) if one.part == "description" and not one.items][:1]
    answering.declare_changes(
        actor=house.ma, number=number, places=[*formal, *titles], why="名称与附图标记随权利要求改正"
    )
    answering.resubmit_draft(actor=house.ma, number=number)
    (flagged,) = [one for one in reads.draft(house.gu, number).versions[1].changes if one.undeclared]
    assert (flagged.part, flagged.items) == ("description", ())
    assert rules_found(house, house.gu, number) == set()


def test_a_draft_with_six_defects_is_amended_read_twice_passed_and_filed(house):
    number = handed_in(house, defective())
    wanted = {rule for _sound, _wrong, rule in PLANTED}
    assert wanted <= rules_found(house, house.gu, number)
    assert rules_found(house, house.ma, number) == rules_found(house, house.gu, number)  # both sides, the same rules
    amended_with_a_change_nobody_asked_for(house, number)
    examining.settle_items(actor=house.gu, number=number, settled=[1, 2, 3, 4])
    concluding.propose_conclusion(actor=house.gu, number=number, outcome="qualified", reasons=[], said="")
    with pytest.raises(NotPermitted, match="supervisor_only"):
        concluding.order_second_reading(actor=house.he, number=number)
    concluding.order_second_reading(actor=house.shen, number=number)
    with pytest.raises(Conflict, match="second_reading_there"):
        concluding.order_second_reading(actor=house.shen, number=number)
    with pytest.raises(Conflict, match="second_reading_open"):
        concluding.confirm_conclusion(actor=house.shen, number=number, outcome="qualified")
    concluding.take_second_reading(actor=house.he, number=number)
    assert reading.open_version(actor=house.he, number=number).report.findings == ()
    assert concluding.deliver_second_reading(actor=house.he, number=number, outcome="qualified", said="可") is True
    assert second_reading_agreement(house.shen) == (0, 0)  # what was ordered is no sample
    page = verified(house.lin, confirmed(house, number, "qualified", "confirm_pass"))
    assert "预审结论通知书" in page
    assert "叶片" not in page
    for given, text, code in (("202610123456.7", SNEAKED, "application_number"), (NUMBER, REPAIRED, "differs")):
        with pytest.raises((Invalid, Conflict), match=code):
            filed(house, number, given, text)
    assert filed(house, number, NUMBER, SNEAKED) == "formally_filed"
    assert following.set_mark(actor=house.gu, number=number) == "flagged"
    row, _card = reads.draft_row(house.lin, number)
    seen = {(one.name, one.read_as) for one in readings_of(house.lin, reads.belongs(row))}
    assert {("Gu", "examiner"), ("He", "second_reader"), ("Ma", "party")} <= seen
    assert audit.verify() is None


def filed(house: House, number: str, given: str, text: str) -> str:
    return following.record_filing(
        actor=house.ma,
        number=number,
        application_number=given,
        filed_on=timezone.localdate(),
        stream=word_file(text),
        name="水泵.docx",
    )


def test_a_draft_that_stays_wrong_is_refused_and_only_a_new_case_begins_again(house):
    number = handed_in(house, defective())
    for item in (1, 2):
        asked(house, number, 5)
        answering.answer_items(actor=house.ma, number=number, answers={item: "不改。"})
        answering.resubmit_draft(actor=house.ma, number=number)
    examining.add_item(actor=house.gu, number=number, item=NewItem("claims", 5, None, "CL-04", "引用在后。"))
    with pytest.raises(Conflict, match="rounds_used"):
        examining.request_amendment(actor=house.gu, number=number)
    said = "权利要求5引用在后的权利要求6。"
    propose = {"outcome": "unqualified", "reasons": ["formal_defects", "unclear"], "said": said}
    concluding.propose_conclusion(actor=house.gu, number=number, **propose)
    with pytest.raises(NotPermitted, match="four_eyes"):
        concluding.confirm_conclusion(actor=house.gu, number=number, outcome="unqualified")
    paper = confirmed(house, number, "unqualified", "confirm_fail")
    page = verified(house.ma, paper)
    assert "预审结论通知书" in page
    assert "权利要求5" not in page  # the reasons in words stay in the case
    reading.open_version(actor=house.ma, number=number)
    assert concluding.opened_words(house.ma, reads.draft_row(house.ma, number)[0]) == said
    for act in ("submit", "resubmit", "confirm_pass"):
        with pytest.raises(Conflict, match="step_not_from_here"):
            casework.advance(actor=house.shen, number=number, action=act, facts={"complete": 1, "outcome": "qualified"})
    again = intake.open_draft(actor=house.ma, kind="invention", applicant_uscc=FIRM, follows=number).number
    assert [one.number for one in casework.case_sheet(house.ma, again).links] == [number]
    assert audit.verify() is None


def test_a_draft_without_a_reply_lapses_by_a_person_and_can_be_answered_no_more(house):
    number = handed_in(house, defective())
    asked(house, number, 2)
    with pytest.raises(Conflict, match="not_yet_late"):
        examining.close_late(actor=house.gu, number=number)
    with connection.cursor() as cursor:  # a year whose holidays are known, whenever this runs
        cursor.execute("UPDATE casework_caseclock SET started_on = %s WHERE key = 'reply'", [date(2026, 3, 2)])
    casework.timing.tell_run_out(actor=SYSTEM)
    assert state(house, number) == "amendment_requested"  # the clock decides nothing
    assert examining.close_late(actor=house.gu, number=number) == "lapsed"
    for act in (
        lambda: answering.answer_items(actor=house.ma, number=number, answers={1: "已改"}),
        lambda: intake.hand_in_version(actor=house.ma, number=number, stream=word_file(REPAIRED), name="a.docx"),
        lambda: answering.resubmit_draft(actor=house.ma, number=number),
    ):
        with pytest.raises(Conflict, match="draft_not_editable"):
            act()
    assert reads.draft(house.ma, number).sheet.card.final
    assert audit.verify() is None
