"""Files of every kind become the same tree; bad ones are refused with place and next step."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from qiantang.kernel.errors import Invalid
from qiantang.scenarios.preexam.methods.checks import check
from qiantang.scenarios.preexam.methods.documents import read_draft, read_text
from qiantang.scenarios.preexam.methods.documents.building import Line, draft_of
from qiantang.scenarios.preexam.methods.documents.pdf import _paragraphs
from qiantang.scenarios.preexam.tests.drafts import FIXTURE, REPAIRED, TODAY, rules_of
from qiantang.scenarios.preexam.tests.test_fixture import EXPECTED
from qiantang.scenarios.preexam.types import REFUSALS, DraftType, Part, Wanted

pytestmark = pytest.mark.feature("S1-05")


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


PIXEL = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\0\xff"))
    + chunk(b"IEND", b"")
)


def read(content: bytes, name: str):
    return read_draft(io.BytesIO(content), name)


def word_document(text: str) -> docx.document.Document:
    made = docx.Document()
    for line in text.splitlines():
        made.add_paragraph(line)
    return made


def saved(made) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def zipped(**files: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def texts(draft):
    return {part: [one.text for one in section.paragraphs] for part, section in draft.sections.items()}


def found(draft):
    return [(one.rule, one.claim) for one in check(draft, Wanted(as_of=TODAY)).findings]


ALL_FOUND = [(rule, claim) for rule, _, _, claim, _ in EXPECTED]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_in_every_encoding(encoding):
    draft = read(FIXTURE.encode(encoding), "draft.txt")
    assert texts(draft) == texts(read_text(FIXTURE))
    assert found(draft) == ALL_FOUND


def test_parts_paragraphs_headings_and_figures_have_their_places():
    draft = read_text(FIXTURE)
    assert list(draft.sections) == [Part.REQUEST, Part.ABSTRACT, Part.CLAIMS, Part.DESCRIPTION, Part.DRAWINGS]
    description = draft.sections[Part.DESCRIPTION].paragraphs
    assert [one.number for one in description] == list(range(1, len(description) + 1))
    assert [one.text for one in description if one.heading] == [
        "技术领域",
        "背景技术",
        "发明内容",
        "附图说明",
        "具体实施方式",
    ]
    assert [one.label for one in description if one.label] == [f"{n:04}" for n in range(1, 9)]
    assert [(one.name, one.signs) for one in draft.figures] == [("图1", ("1", "2", "3", "4")), ("图2", ("2", "5", "7"))]
    assert draft.type is DraftType.INVENTION


def test_a_text_without_parts_is_a_set_of_claims():
    draft = read_text("1. 一种水泵。\n2. 根据权利要求1所述的水泵。")
    assert list(draft.sections) == [Part.CLAIMS]


def test_figures_without_signs_are_not_known_to_have_none():
    signs = [one.signs for one in read_text("说明书附图\n图1\n图2：\n图3：1、2").figures]
    assert signs == [None, (), ("1", "2")]


@pytest.mark.parametrize(
    ("text", "kind"), [("实用新型名称：一种水泵", "utility_model"), ("使用外观设计的产品名称：水杯", "design")]
)
def test_the_form_says_the_type(text, kind):
    assert read_text(f"请求书\n{text}").type.value == kind


def test_a_word_document_reads_like_the_text():
    draft = read(saved(word_document(FIXTURE)), "draft.docx")
    assert texts(draft) == texts(read_text(FIXTURE))
    assert found(draft) == ALL_FOUND


def test_numbers_that_word_prints_are_read():
    made = docx.Document()
    numbering = made.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, form, text in ((0, "decimal", "%1."), (1, "chineseCounting", "（%2）"))
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    made.add_paragraph("权利要求书")
    for level, text in ((0, "一种水泵，包括壳体。"), (1, "甲"), (1, "乙"), (0, "根据权利要求1所述的水泵。")):
        properties = made.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr>')
        )
    draft = read(saved(made), "draft.docx")
    assert texts(draft)[Part.CLAIMS] == [
        "1. 一种水泵，包括壳体。",
        "（一） 甲",
        "（二） 乙",
        "2. 根据权利要求1所述的水泵。",
    ]


@pytest.mark.feature("S1-09")
def test_tracked_changes_are_read_as_accepted_and_told():
    made = word_document(REPAIRED)
    paragraph = next(one for one in made.paragraphs if one.text.startswith("1. 一种离心水泵"))
    paragraph._p.append(
        parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="a"><w:r><w:delText>旧字</w:delText></w:r></w:del>')
    )
    inserted = parse_xml(f'<w:ins {nsdecls("w")} w:id="2" w:author="a"><w:r><w:t>新</w:t></w:r></w:ins>')
    paragraph._p.insert(0, inserted)
    draft = read(saved(made), "draft.docx")
    assert texts(draft)[Part.CLAIMS][0].startswith("新1. ")
    marked = draft.sections[Part.CLAIMS].paragraphs[0]
    assert (marked.deleted, marked.inserted) == (2, 1)
    assert "IN-01" in {rule for rule, _ in found(draft)}


def test_pictures_in_claims_are_seen_and_formulae_are_none():
    made = word_document("权利要求书\n1. 一种水泵,其特征在于,包括壳体。\n2. 根据权利要求1所述的水泵,其特征在于,满足")
    made.paragraphs[1].add_run().add_picture(io.BytesIO(PIXEL))
    math = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>a+b=c</m:t></m:r></m:oMath>'
    made.paragraphs[2]._p.append(parse_xml(math))
    draft = read(saved(made), "draft.docx")
    assert [one.pictures for one in draft.sections[Part.CLAIMS].paragraphs] == [1, 0]
    assert texts(draft)[Part.CLAIMS][1].endswith("满足a+b=c")
    assert ("CL-16", 1) in found(draft)


EFILED = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE cn-application-body SYSTEM "/dtdandxsl/cn-application-body-20080416.dtd">
<cn-application-body lang="zh" country="CN">{}</cn-application-body>"""
PARTS = {
    "100001/a.xml": '<cn-claims><claim num="1"><claim-text>1.一种水泵,<br/>其特征在于,<maths num="1"><img file="a.tif"/></maths>包括壳体(1)。</claim-text></claim><claim num="2"><claim-text>根据权利要求1所述的水泵,其特征在于,<img file="b.tif"/>所述壳体(1)为钢。</claim-text></claim></cn-claims>',
    "100002/b.xml": '<description><invention-title>一种水泵</invention-title><heading>技术领域</heading><p num="0001">本发明涉及水泵。</p></description>',
    "100003/c.xml": '<cn-drawings><figure num="0001" figure-labels="图1"><img file="x.tif"/></figure></cn-drawings>',
    "100004/d.xml": "<cn-abstract><p>本发明公开了一种水泵。</p></cn-abstract>",
}  # fmt: skip


def test_parts_as_filed_electronically_in_a_zip():
    draft = read(zipped(**{name: EFILED.format(body) for name, body in PARTS.items()}), "case.zip")
    assert texts(draft)[Part.CLAIMS] == [
        "1.一种水泵,其特征在于,包括壳体(1)。",
        "2. 根据权利要求1所述的水泵,其特征在于,所述壳体(1)为钢。",
    ]
    assert [one.label for one in draft.sections[Part.DESCRIPTION].paragraphs] == [None, None, "0001"]
    assert [one.heading for one in draft.sections[Part.DESCRIPTION].paragraphs] == [False, True, False]
    assert [one.name for one in draft.figures] == ["图1"]
    assert ("CL-16", 2) in found(draft)
    assert ("CL-16", 1) not in found(draft)


def test_a_zip_of_parts_and_pictures():
    files = {
        "权利要求书.docx": saved(word_document("1. 一种水泵,其特征在于,包括壳体。")),
        "说明书.txt": "一种水泵\n技术领域\n本发明涉及水泵。",
        "附图/图1.png": PIXEL,
        "附图/图3.png": PIXEL,
    }
    draft = read(zipped(**files), "case.zip")
    assert set(draft.sections) == {Part.CLAIMS, Part.DESCRIPTION}
    assert [one.number for one in draft.figures] == [1, 3]
    assert ("DR-03", None) in found(draft)


def test_views_of_a_design_beside_its_texts():
    draft = read(
        zipped(**{"简要说明.txt": "1. 产品名称：杯。", "主视图.jpg": PIXEL, "后视图.jpg": PIXEL}), "design.zip"
    )
    assert [one.name for one in draft.views] == ["主视图", "后视图"]
    assert draft.type is DraftType.DESIGN


def pdf(*pages: str) -> bytes:
    """A PDF with Latin text: enough to see pages and lines."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    for text in pages:
        page = writer.add_blank_page(300, 300)
        font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"), NameObject("/BaseFont"): NameObject("/Helvetica")})  # fmt: skip
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        stream = DecodedStreamObject()
        lines = "".join(f"({line}) Tj 0 -14 Td " for line in text.splitlines())
        stream.set_data(f"BT /F1 12 Tf 20 250 Td {lines}ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_with_text():
    draft = read(pdf("1. A pump comprising a housing\nand a rotor.\n2. The pump of claim 1.\n1/2"), "claims.pdf")
    assert texts(draft)[Part.CLAIMS] == ["1. A pump comprising a housingand a rotor.", "2. The pump of claim 1."]
    assert draft.pages == 1


def test_lines_of_a_page_become_paragraphs():
    pages = [
        "权 利 要 求 书 1/2页\n1.一种水泵，包括壳体\n和转子。\n2.根据权利要求1所述的",
        "权 利 要 求 书 2/2页\n水泵，其特征在于。\n说明书 1/1页\n技术领域\n[0001] 涉及水\n泵。\n- 3 -",
    ]
    draft = draft_of([Line(one) for one in _paragraphs(pages)])
    assert texts(draft) == {
        Part.CLAIMS: ["1.一种水泵，包括壳体和转子。", "2.根据权利要求1所述的水泵，其特征在于。"],
        Part.DESCRIPTION: ["技术领域", "[0001] 涉及水泵。"],
    }


# --- bad input -------------------------------------------------------------------------------------------------------


def with_part(name: str, content: bytes | str) -> bytes:
    """A Word document with one more part, or another one in the place of its own."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(word_document(REPAIRED)))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def encrypted_pdf() -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def locked_zip() -> bytes:
    packed = bytearray(zipped(**{"权利要求书.txt": "1. 一种水泵。"}))
    packed[6] |= 1  # the mark of an encrypted entry, in both of its headers
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)


def picture_only() -> bytes:
    made = docx.Document()
    made.add_paragraph("权利要求书")
    made.add_paragraph().add_run().add_picture(io.BytesIO(PIXEL))
    return saved(made)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ENTITY = '<?xml version="1.0"?>\n<!DOCTYPE a [\n<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<cn-application-body>&x;</cn-application-body>'
DOCX_ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{}"/>'.format(
        qn("w:p")[1:-2]
    )
)
BAD = [
    ("preexam.empty", b"", "a.docx", {"name": "a.docx"}),
    ("preexam.empty", b"  \n ", "a.txt", {"name": "a.txt"}),
    ("preexam.archive", with_part("word/media/a.png", b"\0" * (30 * 2**20)), "bomb.docx", {"reason": "archive_bomb ratio"}),
    ("preexam.entity", ENTITY.encode(), "a.xml", {"line": 3}),
    ("preexam.entity", with_part("word/document.xml", DOCX_ENTITY), "a.docx", {"member": "word/document.xml", "line": 1}),
    ("preexam.xml_broken", b'<?xml version="1.0"?>\n<cn-application-body>\n<p>', "a.xml", {"line": 3}),
    ("preexam.xml_unknown", b'<?xml version="1.0"?><other/>', "a.xml", {}),
    ("preexam.macros", with_part("word/vbaProject.bin", b"x"), "a.docm", {"parts": "word/vbaProject.bin"}),
    ("preexam.macros", OLE + "_VBA_PROJECT".encode("utf-16-le"), "a.doc", {}),
    ("preexam.encrypted", OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", {"name": "a.docx"}),
    ("preexam.encrypted", locked_zip(), "a.zip", {"member": "权利要求书.txt"}),
    ("preexam.encrypted", encrypted_pdf(), "a.pdf", {"name": "a.pdf"}),
    ("preexam.old_word", OLE, "a.doc", {}),
    ("preexam.claims_are_pictures", picture_only(), "a.docx", {"pictures": 1, "paragraph": 1}),
    ("preexam.pdf_without_text", pdf(""), "a.pdf", {"page": 1}),
    ("preexam.pdf_broken", b"%PDF-1.7 nothing", "a.pdf", {}),
    ("preexam.type_unknown", bytes(range(256)) * 8, "a.bin", {}),
    ("preexam.type_unknown", PIXEL, "a.png", {}),
    ("preexam.docx_broken", zipped(**{"[Content_Types].xml": "<a/>"}), "a.docx", {"member": "word/document.xml"}),
    ("preexam.no_application", saved(word_document("会议纪要\n今天下雨")), "a.docx", {}),
    ("preexam.archive", zipped(**{"a.zip": zipped(**{"b.txt": "1. 一种水泵。"})}), "c.zip", {"member": "a.zip"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "content", "name", "facts"), BAD, ids=[f"{one[0]}-{n}" for n, one in enumerate(BAD)])
def test_bad_input_is_refused_with_place_and_next_step(code, content, name, facts):
    with pytest.raises(Invalid) as refused:
        read(content, name)
    assert refused.value.code == code
    assert facts.items() <= refused.value.facts.items()
    sentence, step = REFUSALS[code]
    assert sentence % refused.value.facts
    assert step % refused.value.facts


def test_a_huge_drawing_is_named(monkeypatch):
    from qiantang.scenarios.preexam.methods.documents import opening

    content = with_part("word/media/drawing.png", bytes(range(256)) * 4096)
    monkeypatch.setattr(opening, "MEMBER_BYTES", 2**19)
    with pytest.raises(Invalid) as refused:
        read(content, "a.docx")
    assert refused.value.code == "preexam.member_too_large"
    assert refused.value.facts["member"] == "word/media/drawing.png"


def test_drawings_between_texts_cost_nothing_to_read():
    made = word_document(REPAIRED)
    made.add_paragraph().add_run().add_picture(io.BytesIO(PIXEL))
    assert rules_of(REPAIRED) == {rule for rule, _ in found(read(saved(made), "a.docx"))}
