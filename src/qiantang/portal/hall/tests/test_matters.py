"""Matters with the office: all gaps at once and once, the window, runs, bundles, ratings."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.documents import api as documents
from qiantang.commons.documents.types import Reason
from qiantang.commons.notices import api as notices
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted
from qiantang.kernel.paging import PageRequest
from qiantang.portal.hall.methods.ratings import rated, runs
from qiantang.portal.hall.models import Matter, Rating, Supplement
from qiantang.portal.hall.selectors import forms as form_reads
from qiantang.portal.hall.selectors.matters import matter_row, still_open
from qiantang.portal.hall.selectors.ratings import rating_figures, run_figures
from qiantang.portal.hall.services import handling, matters, rating

from .conftest import MATTER, PASSWORD, PDF, SYSTEM, YOU, delivered, filled, handed_in, person, state

# --- the office ----------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S10-09")
def test_all_gaps_in_one_notice_and_a_second_needs_a_supervisor_and_a_reason(lin, officer, lead):
    number = handed_in(lin)
    with pytest.raises(Invalid, match="gaps_missing"):
        handling.ask_supplement(actor=officer, number=number, gaps=[{"what": "  "}])
    gaps = [{"what": "合同缺许可期限"}, {"what": "合同未盖章"}]
    assert handling.ask_supplement(actor=officer, number=number, gaps=gaps) == 1
    assert state(number) == "supplement"
    assert "1. 合同缺许可期限\n2. 合同未盖章" in [one.note for one in casework.case_sheet(lin, number).story]
    matters.submit_matter(actor=lin, number=number)
    assert Supplement.objects.get().answered_at is not None
    with pytest.raises(Conflict, match="supplement_twice"):
        handling.ask_supplement(actor=officer, number=number, gaps=gaps)
    with pytest.raises(NotPermitted):
        handling.ask_supplement(actor=officer, number=number, gaps=gaps, reason="new law")
    with pytest.raises(Conflict, match="supplement_twice"):
        handling.ask_supplement(actor=lead, number=number, gaps=gaps, reason=" ")
    assert handling.ask_supplement(actor=lead, number=number, gaps=gaps[:1], reason="法规修订，新增要件") == 2
    assert "法规修订，新增要件" not in [one.note for one in casework.case_sheet(lin, number).story]
    assert audit.entries(SYSTEM, newest=1)[0].verb == "hall.supervision.second_notice"


def test_only_tolerated_papers_follow_later(lin, officer, lead):
    number = matters.open_matter(actor=lin, code="0202").number
    filled(lin, number, agent="yes", agent_name="钱江代理")
    matters.say_of_paper(actor=lin, number=number, paper="attorney", state="later")
    matters.say_of_paper(actor=lin, number=number, paper="licence_contract", state="bring")
    matters.submit_matter(actor=lin, number=number)
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Invalid, match="not_tolerated"):
        handling.accept_matter(actor=officer, number=number, missing=["licence_contract"], missing_by=tomorrow)
    with pytest.raises(Invalid, match="date_missing"):
        handling.accept_matter(actor=officer, number=number, missing=["attorney"])
    handling.accept_matter(actor=officer, number=number, missing=["attorney"], missing_by=tomorrow)
    row = matter_row(lin, number)
    assert (row.missing, row.missing_by) == (["attorney"], tomorrow)
    handling.decide_matter(actor=lead, number=number, action="revoke_acceptance", text="未按期补交授权委托书")
    assert state(number) == "not_accepted"


@pytest.mark.feature("S10-12")
def test_at_the_window_the_same_matter_with_a_printed_receipt(window, officer, client):
    client.login(username="wu", password=PASSWORD)
    begun = client.post("/services/window/begin", {"service": "0202", "walk_in": "王建国"})
    number = begun["Location"].split("/")[2]
    filled(window, number)
    matters.say_of_paper(actor=window, number=number, paper="licence_contract", state="bring")
    assert client.post(f"/matters/{number}/preview").status_code == 302
    taken = client.post(f"/matters/{number}/act", {"act": "accept"})
    assert taken.status_code == 302
    told = documents.document_told(window, matter_row(window, number).receipt)
    facts = told.facts
    assert (facts["case_number"], facts["applicant"]) == (number, "王建国")
    sheet = casework.case_sheet(officer, number)
    (promise,) = [one for one in sheet.clocks if one.key == "promise"]
    assert facts["due"] == promise.reading.due.day.isoformat()
    assert promise.reading.due.day > timezone.localdate()
    pdf, _ = documents.document_file(actor=window, number=told.number, language="zh-hans")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "")
    assert all(
        one in text for one in (number, "王建国", facts["code"], facts["due"], "case-status", "专利实施许可合同备案")
    )
    status = casework.inquiry.status_by_code(actor=SYSTEM, number=number, code=facts["code"])
    assert status.number == number
    with pytest.raises(NotPermitted, match="window_only"):
        matters.open_matter(actor=officer, code="0202", walk_in="王建国")


def test_the_promise_is_that_of_the_service(lin, officer):
    for code, days in (("0202", 7), ("0401", None)):
        number = handed_in(lin, code) if code == "0202" else matters.open_matter(actor=lin, code=code).number
        limits = matter_row(lin, number).case.limits
        assert limits["promise"] == ({"length": days, "unit": "workday"} if days else None)


@pytest.mark.feature("S10-11")
def test_runs_are_computed_from_visits(lin, officer, lead, window):
    numbers = [handed_in(lin) for _one in range(4)]
    handling.note_visit(actor=window, number=numbers[1], why="送合同原件")
    for why, forced in (("送合同", False), ("窗口要求补章", True)):
        handling.note_visit(actor=window, number=numbers[2], why=why, forced=forced)
    for number in numbers[:3]:
        handling.accept_matter(actor=officer, number=number)
        handling.decide_matter(actor=lead, number=number, action="complete", text="已备案")
    whole, by_service = run_figures()
    assert (whole.closed, whole.zero, whole.at_most_one) == (3, 1, 2)  # the fourth has not ended
    assert by_service["0202"] == whole
    with pytest.raises(NotPermitted):
        handling.note_visit(actor=officer, number=numbers[0], why="x")


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=12))
def test_runs_never_exceed_the_cases(visits):
    told = runs(visits)
    assert told.zero <= told.at_most_one <= told.closed
    assert (told.share is None) == (told.closed == 0)


# --- one thing -----------------------------------------------------------------------------------------------------------


def bundle_of(lin):
    number = matters.open_matter(actor=lin, code="B001").number
    firm = {"who": "firm", "uscc": "91330108MA27XYAE1D", "name": "钱塘泵业", "contact": "林", "phone": "0571-87000000"}
    matters.save_step(actor=lin, number=number, step="firm", given=firm)
    loan = {"subject": "周转", "amount": "3000000", "insured": "yes"}
    matters.save_step(actor=lin, number=number, step="loan", given=loan)
    matters.save_step(actor=lin, number=number, step="pledged", given={"pledged": [{"patent_number": "CN110000001A"}]})
    for one in still_open(matter_row(lin, number)).papers:
        matters.say_of_paper(actor=lin, number=number, paper=one.key, state="bring")
    return number


def end(officer, lead, row, action="complete"):
    number = row.case.number
    handling.accept_matter(actor=officer, number=number)
    handling.decide_matter(actor=lead, number=number, action=action, text="办结")
    delivered()


def states(whole):
    return {one.service: one.case.state for one in whole.parts.select_related("case").order_by("pk")}


@pytest.mark.feature("S10-02")
def test_one_form_becomes_several_matters_that_share_answers_and_wait_for_one_another(lin, officer, lead):
    number = bundle_of(lin)
    assert [one for one in still_open(matter_row(lin, number)).answers if one.question != "uscc"] == []
    matter = matter_row(lin, number)
    Matter.objects.filter(pk=matter.pk).update(answers={**matter.answers, "uscc": _good_uscc()})
    matters.submit_matter(actor=lin, number=number)
    whole = matter_row(lin, number)
    assert states(whole) == {"0205": "submitted", "0203": "queued", "0206": "queued", "0404": "queued"}
    assert {one.answers["name"] for one in whole.parts.all()} == {"钱塘泵业"}
    end(officer, lead, whole.parts.get(service="0205"))
    assert states(whole) == {"0205": "done", "0203": "submitted", "0206": "submitted", "0404": "queued"}
    end(officer, lead, whole.parts.get(service="0206"), "refuse")
    assert states(whole)["0404"] == "queued"
    end(officer, lead, whole.parts.get(service="0203"))
    assert states(whole) == {"0205": "done", "0203": "done", "0206": "refused", "0404": "submitted"}  # in part
    assert state(number) == "running"
    end(officer, lead, whole.parts.get(service="0404"))
    assert state(number) == "done"


@pytest.mark.feature("S10-02")
def test_where_a_stage_comes_to_nothing_the_next_does_not_begin(lin, officer, lead):
    number = bundle_of(lin)
    matter = matter_row(lin, number)
    Matter.objects.filter(pk=matter.pk).update(answers={**matter.answers, "uscc": _good_uscc()})
    matters.submit_matter(actor=lin, number=number)
    whole = matter_row(lin, number)
    end(officer, lead, whole.parts.get(service="0205"), "refuse")
    for _again in range(3):
        delivered()
    assert states(whole) == {"0205": "refused", "0203": "not_begun", "0206": "not_begun", "0404": "not_begun"}
    assert state(number) == "done"


def _good_uscc():
    from qiantang.kernel.identifiers import uscc_check_character

    body = "91330108MA27XYAE1"
    return body + uscc_check_character(body)


# --- ratings -------------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S10-15")
def test_figures_of_the_specification():
    told = rated({5: 9400, 4: 500, 3: 60, 2: 25, 1: 15})
    assert round(told.top_two * 100, 2) == 99.00
    assert round(told.good * 100, 2) == 99.60
    assert told.mean == 4.9245
    assert rated({}).mean is None


@pytest.mark.feature("S10-15")
def test_a_bad_grade_is_contacted_settled_and_the_reply_published(lin, officer, lead, client):
    number = handed_in(lin)
    with pytest.raises(Conflict, match="rate_after"):
        rating.rate_matter(actor=lin, number=number, grade=5)
    handling.accept_matter(actor=officer, number=number)
    handling.decide_matter(actor=lead, number=number, action="complete", text="已备案")
    delivered()
    invited = [one.kind for one in notices.inbox(lin, PageRequest()).items if one.kind == "hall.rate_us"]
    assert invited == ["hall.rate_us"]
    with pytest.raises(NotPermitted, match="rate_parties"):
        rating.rate_matter(actor=officer, number=number, grade=5)
    key = rating.rate_matter(actor=lin, number=number, grade=1, comment="等了太久")
    with pytest.raises(Conflict, match="rated_already"):
        rating.rate_matter(actor=lin, number=number, grade=5)
    row = Rating.objects.get()
    assert timezone.localdate() < row.verify_by < row.rectify_by
    with pytest.raises(NotPermitted):
        rating.note_contact(actor=officer, rating_id=key, note="called")
    with pytest.raises(Conflict, match="contact_first"):
        rating.settle_rating(actor=lead, rating_id=key, reply="已改进")
    rating.note_contact(actor=lead, rating_id=key, note="电话联系，说明原因")
    with pytest.raises(Invalid, match="reply_missing"):
        rating.settle_rating(actor=lead, rating_id=key, reply=" ")
    rating.settle_rating(actor=lead, rating_id=key, reply="已增派人手，三日内办结")
    page = client.get("/services/figures").content.decode()
    assert "已增派人手，三日内办结" in page
    assert "等了太久" not in page
    assert "电话联系" not in page
    assert rating_figures()[0].good == 0


def test_nobody_who_says_nothing_is_counted_as_content(lin, officer, lead):
    number = handed_in(lin)
    handling.accept_matter(actor=officer, number=number)
    handling.decide_matter(actor=lead, number=number, action="complete", text="已备案")
    assert rating_figures()[0].good is None


# --- pages ---------------------------------------------------------------------------------------------------------------


def test_from_the_first_page_to_the_result_without_a_script(lin, officer, lead, client):
    client.login(username="lin", password=PASSWORD)
    assert "会问您" in client.get("/services/0202/begin").content.decode()
    first = client.post("/services/0202/begin")["Location"]
    number = first.split("/")[2]
    assert "查询码" in client.get(first).content.decode()
    assert client.post(first, {**YOU, "act": "next"})["Location"].endswith("/form/matter")
    assert client.post(f"/matters/{number}/form/matter", {**MATTER, "act": "next"})["Location"].endswith(
        "/form/patents"
    )
    assert client.post(f"/matters/{number}/form/patents", {"rows": "1", "act": "next"})["Location"].endswith("/papers")
    bad = client.post(
        f"/matters/{number}/papers", {"about": "licence_contract", "file": SimpleUploadedFile("a.pdf", b"")}
    )
    assert bad.status_code == 422
    sent = {"about": "licence_contract", "file": SimpleUploadedFile("合同.pdf", PDF)}
    assert client.post(f"/matters/{number}/papers", sent).status_code == 302
    assert "材料齐全" in client.get(f"/matters/{number}/preview").content.decode()
    client.post(f"/matters/{number}/preview")
    client.login(username="gu", password=PASSWORD)
    page = client.get(f"/matters/{number}").content.decode()
    assert "合同.pdf" in page
    file_url = next(part.split('"')[0] for part in page.split('href="') if "/files/" in part)
    assert b"".join(client.get(file_url).streaming_content) == PDF
    refused = client.post(f"/matters/{number}/act", {"act": "complete", "text": "x"})
    assert refused.status_code == 422
    client.post(f"/matters/{number}/act", {"act": "accept"})
    client.login(username="shen", password=PASSWORD)
    client.post(f"/matters/{number}/act", {"act": "complete", "text": "已备案，编号一"})
    assert state(number) == "done"
    client.login(username="lin", password=PASSWORD)
    assert "已备案，编号一" in client.get(f"/matters/{number}").content.decode()
    client.post(f"/matters/{number}/rate", {"grade": "2"})
    client.login(username="shen", password=PASSWORD)
    assert "不满意" in client.get("/services/ratings").content.decode()


def test_pages_of_forms(hall, lin, client):
    person("ou", "operator")
    client.login(username="ou", password=PASSWORD)
    assert "general" in client.get("/services/forms").content.decode()
    told = client.get("/services/forms/general/1.json").json()
    assert client.post("/services/forms", {"told": json.dumps(told)}).status_code == 422
    assert client.post("/services/forms", {"told": "{"}).status_code == 422
    told["version"] = 5
    shown = client.post("/services/forms", {"told": json.dumps(told)})["Location"]
    assert "通用申请表" in client.get(shown).content.decode()
    client.post(shown)
    assert form_reads.newest_form("general").version == 5
    client.login(username="lin", password=PASSWORD)
    assert client.get("/services/forms").status_code == 403
    assert client.get("/services/window").status_code == 403
    assert client.get("/services/ratings").status_code == 403


# --- who writes where ----------------------------------------------------------------------------------------------------


@pytest.mark.feature("S10-12")
def test_the_window_writes_for_who_stands_there_and_in_nobody_elses_draft(lin, window):
    number = matters.open_matter(actor=lin, code="0202").number
    with pytest.raises(NotPermitted, match="not_at_window"):
        matters.save_step(actor=window, number=number, step="you", given=YOU)
    filled(lin, number)
    matters.say_of_paper(actor=lin, number=number, paper="licence_contract", state="bring")
    with pytest.raises(NotPermitted, match="not_at_window"):
        matters.submit_matter(actor=window, number=number)


@pytest.mark.feature("S10-15")
def test_who_only_looks_over_does_not_rate(lin, officer, lead):
    number = handed_in(lin)
    handling.accept_matter(actor=officer, number=number)
    handling.decide_matter(actor=lead, number=number, action="complete", text="办结")
    with pytest.raises(NotPermitted, match="rate_parties"):
        rating.rate_matter(actor=person("an", "auditor"), number=number, grade=5)


def test_the_window_does_not_revoke_a_receipt(lin, officer, window):
    number = handed_in(lin)
    told = handling.accept_matter(actor=officer, number=number)
    with pytest.raises(NotPermitted, match="revoke_refused"):
        documents.revoke_document(actor=window, number=told.number, why=Reason.ERROR)
    assert documents.revoke_document(actor=officer, number=told.number, why=Reason.ERROR).revoked_at
