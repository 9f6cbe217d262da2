"""Five people, three drafts of a filed subject: one passes and is filed, one is refused, one lapses by time."""

from __future__ import annotations

import io
import re
import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import docx
import pypdf
import pytest

from .conftest import PASSWORD, looked_at
from .house import WIDTHS

pytestmark = pytest.mark.browser
FIRM = "钱塘泵阀技术有限公司（虚构）"
# six things wrong: words of the sound draft, and what stands there instead
PLANTED = (
    ("叶片(4)的厚度为2.5~3.5 mm。\n3", "叶片(4)的厚度约为3 mm。\n3"),
    ("所述壳体(1)为铸铁", "所述壳体(1)最好为铸铁"),
    ("权利要求1所述的离心水泵,其特征在于,还包括传感器", "权利要求6所述的离心水泵,其特征在于,还包括传感器"),
    ("电机(3)的电流。\n说明书", "电机(3)的电流。还包括报警。\n说明书"),
    ("一种离心水泵及其控制方法", "一种离心水泵"),
    ("图2：2、5、6", "图2：2、5、7"),
)
FOUND = ("CL-14", "CL-04", "CL-03", "RQ-08", "DR-04")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)
SNEAKED = ("其轴承磨损大。\n发明内容", "其轴承磨损很大。\n发明内容")


def credit_code(body: str) -> str:
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    total = sum(signs.index(sign) * weight for sign, weight in zip(body, weights, strict=True))
    return body + signs[(31 - total % 31) % 31]


def today() -> date:
    """The day of the house, which is that of the city wherever the test runs."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


USCC = credit_code("91330108MA2PREXA1")


def sound() -> str:
    from qiantang.scenarios.preexam.tests.drafts import REPAIRED

    return REPAIRED


def defective() -> str:
    text = sound()
    for right, wrong in PLANTED:
        assert right in text, right
        text = text.replace(right, wrong)
    return text


def word_file(text: str) -> dict:
    made, out = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        made.add_paragraph(line)
    made.save(out)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return {"name": "水泵.docx", "mimeType": kind, "buffer": out.getvalue()}


class Office:
    """People at their own browsers; each page they come to in Chinese is looked at, and those named are kept for the second pass."""

    def __init__(self, browser, house) -> None:
        self.browser, self.url, self.home, self.looks_right = browser, house.url, house.home, looked_at
        self.contexts = []
        self.pages = {}

    def seat(self, name, *, language="zh-CN", width="desk"):
        context = self.browser.new_context(viewport={"width": WIDTHS[width], "height": 820}, locale=language)
        context.set_default_timeout(40_000)
        self.contexts.append(context)
        page = context.new_page()
        page.goto(f"{self.url}/sign-in")
        page.fill("[name=username]", name)
        page.fill("[name=password]", PASSWORD)
        page.click("form button[type=submit]")
        page.wait_for_url(lambda one: "/sign-in" not in one)
        self.pages[name] = page
        return page

    def at(self, name, path):
        page = self.pages[name]
        page.goto(self.url + path)
        return page

    def press(self, name, path, act, value="act"):
        """Go there and press the button of a step; what comes is no refusal."""
        page = self.at(name, path)
        page.click(f"button[name={value}][value={act}]")
        page.wait_for_load_state()
        assert page.locator(".qt-errors").count() == 0, page.inner_text("main")[:400]
        return page


@pytest.fixture(scope="module")
def office(built_city, browser):
    """Everybody at their desk, and the firm filed as a subject: what all three drafts begin with."""
    made = Office(browser, built_city)
    for name in ("applicant", "agent", "examiner", "examiner2", "supervisor"):
        made.seat(name)
    approved_as_subject(made)
    acting_for(made, "agent", "代理")
    yield made
    for context in made.contexts:
        context.close()


@pytest.mark.feature("S1-11")
@pytest.mark.feature("S1-13")
@pytest.mark.feature("S1-15")
@pytest.mark.feature("S1-16")
def test_five_people_bring_a_draft_from_the_first_form_to_the_mark(office):
    number = handed_in(office)
    here = f"/preexam/drafts/{number}"
    asked_and_answered(office, here)
    read_twice_and_confirmed(office, here)
    notice_verified(office, here)
    filed(office, here)
    at_desks = dict(office.pages)
    office.seat("agent", language="en-US", width="phone")
    office.seat("examiner", language="en-US", width="phone")
    for name, path in (("agent", here), ("agent", f"{here}/text"), ("examiner", here), ("examiner", f"{here}/text")):
        office.looks_right(office.at(name, path))
    gu = office.press("examiner", f"{here}/prior-art", "search")
    assert gu.locator("#found li").count() > 0
    office.looks_right(gu)
    office.pages.update(at_desks)  # where the agent acts for the agency, as the other drafts need it


@pytest.mark.feature("S1-15")
def test_a_draft_is_refused_by_two_people_with_reasons_and_a_notice(office):
    number = handed_in(office, looked=False)
    here = f"/preexam/drafts/{number}"
    office.press("examiner", here, "accept")
    office.press("supervisor", here, "assign")
    gu = office.at("examiner", here)
    gu.select_option("#id_outcome", "unqualified")
    gu.click("button[value=propose]")
    assert "不合格" not in office.at("agent", here).inner_text("main")
    assert gu.locator(".qt-errors").count() == 1  # no refusal without a reason
    gu = office.at("examiner", here)
    gu.select_option("#id_outcome", "unqualified")
    gu.check("[name=reason][value=formal_defects]")
    gu.fill("#id_note", "权利要求5引用在后的权利要求6。")
    gu.click("button[value=propose]")
    gu.wait_for_load_state()
    assert gu.locator("button[value=confirm]").count() == 0  # who proposed does not confirm
    office.press("supervisor", here, "confirm")
    in_both_languages(office, here, "最后一轮后仍有形式缺陷", "Formal defects after the last round")
    story = office.at("supervisor", f"/cases/{number}").inner_text("#story")
    assert "申请文件检查规则" in story  # the decision keeps the versions of what it rests on


@pytest.mark.feature("S1-13")
def test_a_draft_without_a_reply_lapses_when_its_days_are_over_and_a_person_closes_it(office):
    number = handed_in(office, looked=False)
    here = f"/preexam/drafts/{number}"
    office.press("examiner", here, "accept")
    office.press("supervisor", here, "assign")
    gu = office.at("examiner", f"{here}/text")
    gu.fill("#id_claim", "2")
    gu.fill("#id_text", "请写明数值。")
    gu.click("button[value=add]")
    gu.click("button[value=send]")
    gu = office.at("examiner", here)
    gu.click("button[value=close_late]")
    gu.wait_for_load_state()
    assert gu.locator(".qt-errors").count() == 1  # the days are not over yet
    days_run_out(office, number)
    office.press("examiner", here, "close_late")
    in_both_languages(office, here, "逾期未答复", "no reply in time")
    assert office.at("agent", here).locator("input[type=file]").count() == 0


def days_run_out(office, number) -> None:
    """The clock of the reply began in March 2026, whose holidays are known, whenever this runs."""
    with closing(sqlite3.connect(office.home / "qiantang.sqlite3", timeout=30)) as database, database:
        moved = database.execute(
            "UPDATE casework_caseclock SET started_on = '2026-03-02' WHERE key = 'reply' AND case_id ="
            " (SELECT id FROM casework_case WHERE number = ?)",
            [number.replace("-", "")],
        )
        assert moved.rowcount == 1


def in_both_languages(office, here, chinese, english) -> None:
    """The applicant's agency reads how it ended, at a desk in Chinese and on a phone in English."""
    ma = office.at("agent", here)
    assert chinese in ma.inner_text("main")
    office.looks_right(ma)
    context = office.browser.new_context(
        viewport={"width": WIDTHS["phone"], "height": 820}, locale="en-US", storage_state=ma.context.storage_state()
    )
    page = context.new_page()
    page.goto(office.url + here)
    assert english in page.inner_text("main")
    office.looks_right(page)
    context.close()


def approved_as_subject(office) -> None:
    lin = office.at("applicant", "/my-organisations")
    lin.fill("#ask [name=uscc]", USCC)
    lin.fill("#ask [name=name]", FIRM)
    lin.check("#ask [name=scopes][value=everything]")
    lin.fill("#ask [name=start_date]", today().isoformat())
    lin.fill("#ask [name=end_date]", (today() + timedelta(days=200)).isoformat())
    lin.fill("#ask [name=evidence]", "法定代表人授权书")
    lin.click("#ask button.btn-primary")
    shen = office.at("supervisor", "/my-organisations")
    shen.locator("#waiting li", has_text=FIRM).locator("button[value=grant]").click()
    shen.wait_for_load_state()
    acting_for(office, "applicant", FIRM)
    lin = office.at("applicant", "/preexam/subjects")
    lin.click("main form button.btn-primary")
    lin.click("main .qt-note a.btn-primary, main a.btn-primary[href*='/preexam/subjects/']")
    number = lin.url.rpartition("/")[2]
    for name in ("in_existence", "undertaking_signed", "contact_verified"):
        lin.select_option(f"#id_{name}", "true")
    for name, value in {
        "founded_on": "2019-05-01", "main_class": "F04D 1/00", "contact_name": "林", "insured_staff": "20",
        "granted_inventions": "2", "granted_models_and_designs": "4",
    }.items():  # fmt: skip
        lin.fill(f"#id_{name}", value)
    lin.click("#facts form button.btn-primary")
    office.looks_right(lin)
    lin.click("form[action$='/submit'] button")
    gu = office.at("examiner", f"/preexam/subjects/{number}")
    gu.fill("#id_abnormal", "0")
    gu.click("#findings button")
    for who, step in (("examiner", "pass_review"), ("supervisor", "send_to_cnipa"), ("examiner", "record_acceptance")):
        office.press(who, f"/cases/{number}", step, "action")


def acting_for(office, name, firm) -> None:
    page = office.at(name, "/my-organisations")
    page.locator("#act-for label", has_text=firm).click()
    page.click("#act-for button")
    page.wait_for_load_state()


def handed_in(office, *, looked: bool = True) -> str:
    """Begun, filled and handed in by the agency; ``looked``: its pages are looked at and its six findings named."""
    ma = office.at("agent", "/preexam/drafts")
    ma.select_option("#id_kind", "invention")
    ma.fill("#id_applicant", USCC)
    ma.click("#begin button.btn-primary")
    ma.click("main a.btn-primary[href*='/preexam/drafts/']")
    number = ma.url.rpartition("/")[2]
    ma.fill("#id_main_class", "F04D 1/00")
    for one in ma.locator("#statements select").all():
        name = one.get_attribute("name")
        one.select_option("true" if name in ("electronic", "waives_amendment") else "false")
    ma.click("#statements button")
    ma.set_input_files("#id_version", word_file(defective()))
    ma.click("form[action$='/versions'] button")
    for slot in ("self_check", "prior_art", "undertaking", "power_of_attorney"):
        scan = {"name": f"{slot}.png", "mimeType": "image/png", "buffer": PNG}
        ma.set_input_files(f"#paper-{slot} input[type=file]", scan)
        ma.click(f"#paper-{slot} button")
    if looked:
        office.looks_right(ma)
        text = office.at("agent", f"/preexam/drafts/{number}/text")
        told = text.inner_text("main")
        assert [rule for rule in FOUND if rule not in told] == []
        office.looks_right(text)
    ma = office.press("agent", f"/preexam/drafts/{number}", "submit")
    assert ma.locator("button[value=submit]").count() == 0
    return number


def asked_and_answered(office, here) -> None:
    office.press("examiner", here, "accept")
    office.press("supervisor", here, "assign")
    gu = office.at("examiner", f"{here}/text")
    for claim in (2, 3, 5, 6):
        gu.fill("#id_claim", str(claim))
        gu.fill("#id_text", "请按审查发现修改。")
        gu.click("button[value=add]")
        gu.wait_for_load_state()
    office.looks_right(gu)
    gu.click("button[value=send]")
    ma = office.at("agent", here)
    ma.set_input_files("#id_version", word_file(sound().replace(*SNEAKED)))
    ma.click("form[action$='/versions'] button")
    ma = office.at("agent", f"{here}/text")
    before = ma.locator("[name=declared]").count()
    for place in range(before - 1):  # the last of them, in the description, is not declared
        ma.locator("[name=declared]").nth(place).check()
    ma.fill("#id_why", "名称和附图标记随权利要求改正")
    ma.click("button[value=declare]")
    for item in range(1, 5):
        ma.fill(f"#answer-{item}", "已修改。")
    ma.click("button[value=resubmit]")
    gu = office.at("examiner", f"{here}/text")
    assert gu.locator("#changes .qt-pill", has_text="无人要求").count() >= 1 or "磨损很大" in gu.inner_text("#changes")
    office.looks_right(gu)


def read_twice_and_confirmed(office, here) -> None:
    gu = office.at("examiner", here)
    gu.select_option("#id_outcome", "qualified")
    gu.click("button[value=propose]")
    shen = office.at("supervisor", here)
    if shen.locator("button[value=order_second]").count():  # else it was drawn
        shen.click("button[value=order_second]")
    he = office.press("examiner2", here, "take_second")
    assert "磨损很大" in office.at("examiner2", f"{here}/text").inner_text("main")
    he = office.at("examiner2", here)
    he.select_option("#id_outcome", "qualified")
    he.fill("#id_note", "同意")
    he.click("button[value=deliver_second]")
    shen = office.press("supervisor", here, "confirm")
    office.looks_right(shen)


def notice_verified(office, here) -> None:
    ma = office.at("agent", here)
    for _again in range(40):
        if ma.locator("#conclusion a[href^='/documents/']").count():
            break
        ma.wait_for_timeout(500)
        ma.reload()
    ma.click("#conclusion a[href^='/documents/']")
    address = ma.locator("a[href$='.pdf']").first.get_attribute("href")
    pdf = ma.request.get(office.url + address).body()
    text = re.sub(r"\s", "", "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(pdf)).pages))
    path = re.search(r"/verify\?number=[A-Z0-9-]+", text)
    stranger = office.browser.new_context(locale="zh-CN").new_page()
    stranger.goto(office.url + path[0])
    told = stranger.inner_text("main")
    assert "通知书" in told
    assert "叶片" not in told
    office.looks_right(stranger)
    stranger.context.close()


def filed(office, here) -> None:
    ma = office.at("agent", here)
    for given, right in (("202610123457.3", False), ("202610123456.X", True)):
        ma.fill("#id_number", given)
        ma.fill("#filing [name=filed_on]", today().isoformat())
        ma.set_input_files("#filing input[type=file]", word_file(sound().replace(*SNEAKED)))
        ma.click("button[value=file]")
        ma.wait_for_load_state()
        assert ("202610123456X" in ma.inner_text("#filing")) is right
    office.looks_right(ma)
    office.press("examiner", here, "mark")
    assert "快速" in office.at("agent", here).inner_text("main")
