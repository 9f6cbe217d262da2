"""Documents: what is refused, the same bytes for the same input, the seal, who sees them, and what revocation does."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from qiantang.commons.audit import api as audit
from qiantang.commons.documents import api
from qiantang.commons.documents.methods.filling import filled
from qiantang.commons.documents.models import IssuedDocument
from qiantang.commons.documents.services.composing import composed
from qiantang.commons.documents.services.sheets import sheet
from qiantang.commons.documents.services.storing import _place
from qiantang.commons.documents.tests.conftest import FULL, SYSTEM, template
from qiantang.commons.documents.types import TEMPLATES, Field, FieldKind, Format, Reason, Recipient, paragraph
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted

AT = datetime(2026, 11, 26, 8, 0, 0, tzinfo=UTC)
# SHA-256 of the template of conftest filled with FULL. They change with what is printed (then raise the version of every
# template concerned), or with a new typst, python-docx or font (then look at the pages before you write them down here).
GOLDEN = {
    ("zh-hans", Format.PDF): "3bc07436d85146eb132b83b87ed10bcd7609156593dd56cf451313081b29f4e0",
    ("en", Format.PDF): "b5a516ffd6027f912aa6d3f013e63cd71a31553cc1a5d6c4339d662cff0fc172",
    ("zh-hans", Format.DOCX): "47a49417c926",
    ("en", Format.DOCX): "0d364061bc3b",
}


def text_of(pdf):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "")


def core(language, format_, facts=FULL, at=AT):
    made = template()
    plain = filled(made, facts).plain
    told = composed(made, plain, number="HZWS-2026-000001-0", language=language, legal=False, made_at=at)
    return sheet(told, format_, moment=at)


def digest_of(content, format_):
    """Of a PDF its bytes; of a DOCX what is inside, since packing may differ with the machine's zlib."""
    if format_ is Format.PDF:
        return sha256(content).hexdigest()
    with zipfile.ZipFile(io.BytesIO(content)) as told:
        parts = [name.encode() + told.read(name) for name in told.namelist() if not name.endswith(".png")]
    return sha256(b"".join(parts)).hexdigest()[:12]


def made(actor=SYSTEM, facts=FULL, **told):
    return api.make_document(actor=actor, template="test.notice", facts=facts, **told)


@pytest.mark.feature("X-20")
@pytest.mark.parametrize(("language", "format_"), GOLDEN)
def test_the_same_facts_give_the_same_bytes(house, language, format_):
    first = core(language, format_)
    assert core(language, format_) == first
    assert digest_of(first, format_) == GOLDEN[language, format_]
    assert core(language, format_, {**FULL, "matter": "另一装置"}) != first


@pytest.mark.feature("X-20")
def test_chinese_stands_in_the_files_with_its_font(house):
    pdf = core("zh-hans", Format.PDF)
    assert "一种电池热管理装置" in text_of(pdf)
    assert "1,234.50" in text_of(pdf)
    fonts = {
        font.get_object()["/BaseFont"]
        for page in PdfReader(io.BytesIO(pdf)).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert fonts
    assert all("NotoSansSC" in name for name in fonts)
    word = Document(io.BytesIO(core("zh-hans", Format.DOCX)))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert {"一种电池热管理装置", "2026-11-26", "1,200", "第5段"} <= set(cells)


@pytest.mark.feature("X-20")
def test_a_missing_field_refuses_with_its_name_and_nothing_is_made(house, notice, db):
    with pytest.raises(Invalid) as refused:
        made(facts={"day": date(2026, 1, 1), "matter": "  "})
    assert refused.value.code == "documents.fields_missing"
    assert refused.value.facts["fields"] == "matter"
    assert "matter" in refused.value.facts["missing"]
    assert IssuedDocument.objects.count() == 0
    assert made().number.startswith("HZWS-")  # the number was not lost either
    assert IssuedDocument.objects.get().number[8:14] == "000001"


@pytest.mark.feature("X-20")
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("day", "2026-11-26"),
        ("day", AT),
        ("at", datetime(2026, 1, 1)),  # noqa: DTZ001 - naive on purpose
        ("pages", True),
        ("fee", 1.5),
        ("passed", 1),
        ("points", "one"),
        ("rows", [["one"]]),
        ("matter", 7),
    ],
)
def test_a_value_of_another_kind_is_refused(house, notice, db, key, value):
    with pytest.raises(Invalid) as refused:
        made(facts={**FULL, key: value})
    assert refused.value.code == "documents.field_type"
    assert key in refused.value.facts["field"]


def test_a_strange_field_is_refused(house, notice, db):
    with pytest.raises(Invalid) as refused:
        made(facts={**FULL, "colour": "red"})
    assert refused.value.facts["strange"] == "colour"


@given(st.sets(st.sampled_from(sorted(FULL))))
def test_missing_is_exactly_what_is_required_and_left_out(left_out):
    found = filled(template(), {key: value for key, value in FULL.items() if key not in left_out})
    assert set(found.missing) == left_out & {"matter", "day"}
    assert set(found.plain) == set(FULL) - left_out


def test_a_template_with_defects_is_not_declared():
    for broken in (
        template(key="test.other", blocks=(paragraph("%(matter)s", when="nothing"),)),
        template(key="test.other", fields=(Field("a", "Case"), Field("a", "Case"))),
        template(key="test.other", fields=(*template().fields, Field("unused", "Case", FieldKind.TEXT))),
    ):
        with pytest.raises(ValueError, match=r"test\.other"):
            api.declare_template(broken)
    assert "test.other" not in TEMPLATES


@pytest.mark.feature("X-21")
def test_the_seal_holds_and_breaks_with_one_byte(house, notice, db):
    told = made()
    content, found = api.document_file(actor=SYSTEM, number=told.number, language="zh-hans")
    assert sha256(content).hexdigest() == found.sha256 != found.core_sha256
    (seal,) = api.sealer().checked(content)
    assert seal.holds
    assert "NOT A LEGAL SEAL" in seal.signer
    assert "演示" in text_of(content)
    at = content.index(b"stream") + 20
    changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
    assert not any(one.holds for one in api.sealer().checked(changed))
    later = api.sealer().checked(content + b"\n% more\n")
    assert not any(one.holds for one in later)


@pytest.mark.feature("X-21")
def test_a_seal_of_another_authority_is_not_ours(house, notice, db, tmp_path):
    told = made()
    content, _ = api.document_file(actor=SYSTEM, number=told.number, language="en")
    house.SEAL_ADAPTER = ("qiantang.engines.seal.demo.DemoSealer", {"folder": tmp_path / "others"})
    assert not any(one.holds for one in api.sealer().checked(content))


@pytest.mark.feature("X-21")
def test_number_and_digest_lead_to_the_public_page(house, notice, client, lin):
    told = made(recipient=Recipient(name="林晓云", person_id=lin.person_id))
    digest = told.files[0].sha256
    for address in (f"/verify?number={told.number.replace('-', '')}", f"/verify?sha256={digest}"):
        page = client.get(address).content.decode()
        assert told.number in page
        assert digest in page
        assert "有效" in page
        assert FULL["matter"] not in page
        assert "林晓云" not in page
    pdf, _ = api.document_file(actor=lin, number=told.number, language="en")
    assert f"https://ip.example.org/verify?number={told.number}" in text_of(pdf)
    uploaded = client.post("/verify", {"file": io.BytesIO(pdf)})
    assert told.number in uploaded.content.decode()


@pytest.mark.feature("X-21")
def test_a_revoked_document_says_so_everywhere(house, notice, client, officer, lin):
    told, better = made(recipient=Recipient(person_id=lin.person_id)), made()
    with pytest.raises(NotPermitted):
        api.revoke_document(actor=lin, number=told.number, why=Reason.ERROR)
    api.revoke_document(actor=officer, number=told.number, why=Reason.REPLACED, replaced_by=better.number, note="inner")
    with pytest.raises(Conflict):
        api.revoke_document(actor=officer, number=told.number, why=Reason.ERROR)
    page = client.get(f"/verify?number={told.number}").content.decode()
    assert "已撤销" in page
    assert better.number in page
    assert "inner" not in page
    assert told.number in client.get("/documents/revoked").content.decode()
    (row,) = client.get("/documents/revoked.json").json()["revoked"]
    assert (row["number"], row["reason"], row["replaced_by"]) == (told.number, "replaced", better.number)
    assert set(row["sha256"]) == {one.sha256 for one in told.files}
    assert api.document_told(lin, told.number).revoked_why is Reason.REPLACED


def test_others_do_not_see_a_document(house, notice, client, officer, lin):
    told = made()
    with pytest.raises(NotFound):
        api.document_told(lin, told.number)
    with pytest.raises(NotFound):
        api.document_file(actor=Actor.public(), number=told.number, language="en")
    assert api.document_told(officer, told.number).files == told.files
    with pytest.raises(NotPermitted):
        made(actor=Actor.public())


def test_a_file_that_was_changed_in_the_store_is_not_handed_out(house, notice, db):
    told = made()
    _place(told.files[0].sha256).write_bytes(b"%PDF-1.7 other")
    with pytest.raises(Conflict) as refused:
        api.document_file(actor=SYSTEM, number=told.number, language="zh-hans")
    assert refused.value.code == "documents.file_changed"


def test_making_and_taking_stand_in_the_journal(house, notice, officer):
    told = made(actor=officer)
    api.document_file(actor=officer, number=told.number, language="en", format_=Format.DOCX)
    taken, issued = audit.entries(SYSTEM, newest=2)
    verbs = {issued.verb, taken.verb}
    assert verbs == {"documents.document.make", "documents.document.read"}


def test_pages_of_documents(house, notice, client, officer):
    told = made()
    assert client.get("/documents").status_code == 302
    client.login(username="qian", password="a-long-password")
    assert told.number in client.get("/documents").content.decode()
    page = client.get(f"/documents/{told.number}")
    assert "revoke" in page.content.decode()
    taken = client.get(f"/documents/{told.number}/en.pdf")
    assert taken["Content-Type"] == "application/pdf"
    assert taken.content.startswith(b"%PDF-")
    assert client.get(f"/documents/{told.number}/en.odt").status_code == 404
    asked = client.post(f"/documents/{told.number}/revoke", {"why": "error"})
    assert asked["Location"].startswith("/step-up")
    assert api.document_told(officer, told.number).revoked_at is None
    client.post("/step-up", {"password": "a-long-password", "next": "/"})
    wrong = client.post(f"/documents/{told.number}/revoke", {"why": "mood"})
    assert wrong.status_code == 422
    done = client.post(f"/documents/{told.number}/revoke", {"why": "error"})
    assert done.status_code == 302
    assert api.document_told(officer, told.number).revoked_at is not None
