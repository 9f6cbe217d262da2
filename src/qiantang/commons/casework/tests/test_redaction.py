"""Public versions: what was marked is gone from the file, everything else stands, and two people have looked."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api
from qiantang.commons.casework.models import Redaction
from qiantang.commons.casework.selectors.redactions import redactions
from qiantang.commons.casework.services import redacting
from qiantang.commons.documents.api import typesetting
from qiantang.commons.documents.methods import redaction as method
from qiantang.commons.documents.methods.redaction import (
    Place,
    Wanted,
    folded,
    leaks,
    mark,
    read_pages,
    reasons_on,
    rest_of,
)
from qiantang.commons.files.api import custody, readings_of
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted

from .permits import PASSWORD, SYSTEM, opened

pytestmark = [pytest.mark.feature("X-22")]
NOON = datetime(2026, 11, 26, 4, tzinfo=UTC)
TEXT = "申请人：张三丰，电话 13800001111。\n配方为硅油七成。\n张三\n丰的代理人ＡＢＣ公司同意公开。\f第二页：ABC公司与张三丰签字。"
GONE = ("张三丰", "13800001111", "硅油七成", "ABC公司")


def paper_of(body, title=""):
    """A PDF of the tests' own."""
    quoted = body.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    head = f'#set document(title: "{title}")\n' if title else ""
    source = f'{head}#set text(font: "Noto Sans SC")\n#"{quoted}"'
    return typesetting.compiled(source, {}, moment=NOON)


# --- the method, without a database -----------------------------------------------------------------------------------


def test_reasons_are_those_of_the_day():
    assert [one.code for one in reasons_on(date(2021, 10, 31))] == ["TS", "TP", "IM", "SS"]
    held = {one.code: one for one in reasons_on(date(2026, 11, 26))}
    assert set(held) == {"PI", "TS", "TP", "IM", "SS"}
    assert "第十条" in held["TS"].source
    assert "第九条" in {one.code: one for one in reasons_on(date(2025, 10, 14))}["TS"].source
    assert all(one.source for one in held.values())


def test_every_place_is_marked_and_counted_over_lines_and_widths():
    pages = read_pages(TEXT.encode())
    marking = mark(pages, [Wanted("PI", "张三丰"), Wanted("TP", "abc 公司")])
    assert marking.counts == (3, 2)
    assert marking.bars == {"PI": 3, "TP": 2}
    assert marking.places[0] == Place(1, 1)
    assert marking.places[-1] == Place(2, 1)
    said = "".join(piece.text for page in rest_of(pages, marking) for line in page for piece in line)
    assert "张三" not in said
    assert "ABC" not in folded(said).upper()
    assert "的代理人" in said


def test_overlapping_passages_go_under_one_bar_with_both_reasons():
    marking = mark(("甲乙丙丁戊",), [Wanted("TS", "乙丙丁"), Wanted("PI", "丙丁戊")])
    assert (marking.counts, marking.bars) == ((1, 1), {"PI+TS": 1})
    assert mark(("aba ba",), [Wanted("PI", "aba")]).cuts == (method.Cut(0, 6, ("PI",)),)


def test_a_passage_over_a_page_break_leaves_both_pages():
    pages = ("前文甲乙", "丙丁后文")
    assert [
        [[one.text or one.bar for one in line] for line in page]
        for page in rest_of(pages, mark(pages, [Wanted("PI", "乙丙")]))
    ] == [
        [["前文甲", "PI"]],
        [["丁后文"]],
    ]


@pytest.mark.parametrize(
    ("wanted", "code"), [("不在此", "documents.redaction_not_found"), ("　张", "documents.redaction_short")]
)
def test_a_passage_that_cannot_be_marked_is_told_with_its_line(wanted, code):
    with pytest.raises(Invalid) as caught:
        mark(("张三丰",), [Wanted("PI", "张三丰"), Wanted("PI", wanted)])
    assert (caught.value.code, caught.value.facts) == (code, {"line": 2})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7 broken", "documents.redaction_unreadable"),
        (b"PK\x03\x04\0\0", "documents.redaction_unreadable"),
        ("一\f \f三".encode(), "documents.redaction_no_text"),
    ],
)
def test_what_has_no_text_is_refused(content, code):
    with pytest.raises(Invalid) as caught:
        read_pages(content)
    assert caught.value.code == code


SIGNS = st.text(st.sampled_from("山水日月木火土金天地abcdef 。，"), min_size=1, max_size=40)
SECRET = st.text(st.sampled_from("甲乙丙丁xyzｘｙｚ"), min_size=2, max_size=8)


def broken(secret, ways):
    """The same text as it could stand: broken over lines, with blanks, in other widths."""
    wide = {ord(sign): chr(ord(sign) + 0xFEE0) for sign in "xyz"}
    forms = (secret, "\n".join(secret), " ".join(secret), secret.translate(wide), secret.upper())
    return [forms[way] for way in ways]


@settings(max_examples=8)
@given(SECRET, st.lists(st.tuples(SIGNS, st.integers(0, 4)), min_size=1, max_size=4), SIGNS)
def test_nothing_of_what_was_removed_is_found_and_everything_else_stands(secret, planted, last):
    text = "".join(before + one for (before, way) in planted for one in broken(secret, [way])) + last
    pages = read_pages(text.encode()) if text.strip() else ("",)
    marking = mark(pages, [Wanted("PI", secret)])
    assert marking.counts[0] >= len(planted)
    content = redacting.set_anew(rest_of(pages, marking), marking, title="公开版本", number="1", moment=NOON)
    assert leaks(content, [secret]) == ()
    stays = [piece.text for page in rest_of(pages, marking) for line in page for piece in line]
    kept = "".join(folded(one) for one in stays)
    assert kept == folded("".join(before for before, _ in planted) + last)
    assert all(folded(one) in folded(method.printed(content)) for one in stays)


def test_the_guard_finds_a_text_wherever_it_stands():
    assert leaks(paper_of("申请人张三\n丰"), ["张三丰"])[0].where == "page 1"
    assert leaks(paper_of("空", title="关于张三丰"), ["李四光", "张三丰"])[0].index == 1
    assert leaks(paper_of("空"), ["张三丰"]) == ()
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(paper_of("空")))
    writer.add_attachment("old.txt", "藏着张三丰".encode())
    hidden = io.BytesIO()
    writer.write(hidden)
    assert leaks(hidden.getvalue(), ["张三丰"])
    assert leaks(paper_of("空") + "张三丰".encode("utf-16-be"), ["张三丰"])[0].where == "bytes"


def test_the_length_of_a_bar_says_nothing():
    """Two texts of one rest give the same paper, whatever was removed."""
    papers = []
    for secret in ("甲乙", "甲乙丙丁戊己庚辛壬癸" * 3):
        pages = (f"前{secret}后",)
        marking = mark(pages, [Wanted("PI", secret)])
        papers.append(redacting.set_anew(rest_of(pages, marking), marking, title="题", number="1", moment=NOON))
    assert papers[0] == papers[1]


# --- the way of a public version --------------------------------------------------------------------------------------


@pytest.fixture
def house(settings, tmp_path):
    settings.QIANTANG_HOME = tmp_path / "home"
    return settings


@pytest.fixture
def case(house, lin, gu):
    number = opened(lin).number
    api.advance(actor=lin, number=number, action="submit", facts={})
    return number


def begun(gu, case, content=None, title="关于一种配方的决定", name="张三丰.txt"):
    content = TEXT.encode() if content is None else content
    return redacting.begin_redaction(actor=gu, number=case, title=title, name=name, content=content)


def marked(gu, case):
    key = begun(gu, case)
    redacting.mark_passages(actor=gu, number=case, key=key, code="PI", texts=["张三丰", "13800001111", ""])
    redacting.mark_passages(actor=gu, number=case, key=key, code="TS", texts=["硅油 七成"])
    redacting.mark_passages(actor=gu, number=case, key=key, code="TP", texts=["ABC公司"])
    return key


def confirmed(gu, shen, case):
    key = marked(gu, case)
    seen = redacting.preview_redaction(actor=shen, number=case, key=key)
    redacting.confirm_redaction(actor=shen, number=case, key=key, digest=seen.digest)
    return key


def test_a_public_version_by_two_people(case, gu, shen):
    key = confirmed(gu, shen, case)
    found = redacting.read_public(actor=gu, number=case, key=key)
    assert leaks(found.content, GONE) == ()
    said = folded(method.printed(found.content))
    for stays in ("的代理人", "同意公开", "第二页", "个人信息", "原件第2页", "图片和版式未予保留"):
        assert folded(stays) in said
    (row,) = redactions(gu, case)
    assert row.bars == {"PI": 4, "TS": 1, "TP": 2}
    assert (row.begun_by, row.confirmed_by, row.public_sha256) == ("Gu", "Shen", found.sha256)
    assert set(pypdf.PdfReader(io.BytesIO(found.content)).metadata) <= {
        "/Title",
        "/Creator",
        "/CreationDate",
        "/ModDate",
    }
    kept = {kind: digest for _, kind, digest in custody.sealed_of(f"case:{case.replace('-', '')}")}
    assert set(kept) == {"redaction.original", "redaction.public"}
    assert kept["redaction.original"] == row.original_sha256
    verbs = [
        one.verb for one in audit.entries(SYSTEM, subject=f"case:{case.replace('-', '')}") if "redaction" in one.verb
    ]
    assert sorted(set(verbs)) == [f"casework.redaction.{act}" for act in ("begin", "confirm", "mark", "read")]


def test_of_passages_nothing_lies_open_in_the_database(case, gu):
    key = marked(gu, case)
    row = Redaction.objects.get(pk=key)
    assert "张三丰" not in row.told
    assert all("张三丰" not in str(one.facts) for one in audit.entries(SYSTEM, subject=f"case:{case.replace('-', '')}"))


def test_who_marked_does_not_confirm_and_what_changed_is_looked_at_again(case, gu, shen):
    key = marked(gu, case)
    seen = redacting.preview_redaction(actor=shen, number=case, key=key)
    with pytest.raises(NotPermitted, match="redaction_own"):
        redacting.confirm_redaction(actor=gu, number=case, key=key, digest=seen.digest)
    redacting.unmark_passage(actor=gu, number=case, key=key, place=1)
    with pytest.raises(Conflict, match="redaction_changed"):
        redacting.confirm_redaction(actor=shen, number=case, key=key, digest=seen.digest)
    redacting.mark_passages(actor=shen, number=case, key=key, code="PI", texts=["张三丰"])
    digest = redacting.preview_redaction(actor=shen, number=case, key=key).digest
    with pytest.raises(NotPermitted, match="redaction_own"):
        redacting.confirm_redaction(actor=shen, number=case, key=key, digest=digest)


def test_what_would_still_be_found_refuses_and_nothing_is_kept(case, gu, shen):
    key = begun(gu, case, title="张三丰的配方")
    redacting.mark_passages(actor=gu, number=case, key=key, code="PI", texts=["张三丰"])
    digest = redacting.preview_redaction(actor=shen, number=case, key=key).digest
    with pytest.raises(Conflict) as caught:
        redacting.confirm_redaction(actor=shen, number=case, key=key, digest=digest)
    assert (caught.value.code, caught.value.facts["where"]) == ("casework.redaction_leak", "page 1")
    assert Redaction.objects.get(pk=key).public_id is None
    with pytest.raises(NotFound):
        redacting.read_public(actor=gu, number=case, key=key)


def test_a_confirmed_one_is_not_changed(case, gu, shen):
    key = confirmed(gu, shen, case)
    with pytest.raises(Conflict, match="redaction_done"):
        redacting.mark_passages(actor=gu, number=case, key=key, code="PI", texts=["同意公开"])


def test_parties_and_strangers_read_nothing_of_it(case, gu, lin, stranger):
    key = marked(gu, case)
    with pytest.raises(NotPermitted):
        redacting.preview_redaction(actor=lin, number=case, key=key)
    with pytest.raises(NotFound):
        redacting.preview_redaction(actor=stranger, number=case, key=key)


def test_an_original_as_pdf_and_each_opening_is_noted(case, gu):
    key = begun(gu, case, paper_of(TEXT.replace("\f", "\n")), name="张三丰.pdf")
    redacting.mark_passages(actor=gu, number=case, key=key, code="PI", texts=["张三丰"])
    lines = readings_of(gu, f"case:{case.replace('-', '')}")
    assert [one.why for one in lines] == ["public version: mark"]


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_pages_without_a_script(case, gu, shen, language):
    browser, second = Client(headers={"accept-language": language}), Client(headers={"accept-language": language})
    for one, who in ((browser, "gu"), (second, "shen")):
        one.login(username=who, password=PASSWORD)
    base = f"/cases/{case}/public"
    assert browser.get(base).status_code == 200
    made = browser.post(f"{base}/new", {"title": "决定", "original": SimpleUploadedFile("a.txt", TEXT.encode())})
    assert made.status_code == 302
    page = browser.post(f"{made.url}/act", {"act": "mark", "code": "PI", "texts": "张三丰\n没有这段"})
    assert page.status_code == 422
    assert "没有这段" in page.content.decode()
    assert browser.post(f"{made.url}/act", {"act": "mark", "code": "PI", "texts": "张三丰"}).status_code == 302
    seen = second.get(made.url)
    told = {"act": "confirm", "digest": seen.context["seen"].digest}
    assert browser.post(f"{made.url}/act", told).status_code == 403
    assert second.post(f"{made.url}/act", told).status_code == 302
    assert second.get(f"{made.url}/file").content.startswith(b"%PDF")
    assert f"{base}" in browser.get(f"/cases/{case}").content.decode()
