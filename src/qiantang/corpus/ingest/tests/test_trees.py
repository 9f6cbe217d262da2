"""Trees of XML: the fast parser says what lxml says, refuses what lxml refuses, and nothing leads out of a document."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from qiantang.corpus.ingest.methods.documents import DocumentCutter, DocumentRefused
from qiantang.corpus.ingest.methods.trees import Node, Wording, pugi_tree, read_by_scan, read_strictly, scan_tree
from qiantang.corpus.ingest.methods.trees import read as read_by_pugi
from qiantang.corpus.ingest.methods.trees.entities import resolved

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("X-29")]

# Documents are drawn piece by piece, which a busy machine does slowly; how long that takes says nothing of the parsers.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = ("p", "sub", "claim", "a:b", "long-name.1", "é")
WORDING = Wording(frozenset({"sub"}), frozenset({"p"}), frozenset({"b"}))
CLOSED = Wording(frozenset({"sub"}), frozenset({"p"}), frozenset({"b"}), "\x1e", "\x1f")
_characters = st.characters(min_codepoint=32, max_codepoint=0x2FFF) | st.sampled_from("\t\n\U0001f4a1")
_escaped = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_texts = (
    st.text(_characters, max_size=12)
    .filter(lambda text: "xmlns" not in text)
    .map(lambda text: "".join(_escaped.get(one, one) for one in text))
)
HARMLESS = str.maketrans(dict.fromkeys('&<>]"', "x"))
_blanks = ("\n", " \n\t ", "  ", "\u2003", "&#x3000;", "\xa0\n", "\x85", "x  y")
_odd = st.sampled_from(
    (
        "<!-- <p> -->",
        "<?p <a:b?>",
        "<![CDATA[<a:b>&x; ]]>",
        "&#13;",
        "&#x3b1;",
        "\r\n",
        "\r",
        "]]",
        "a>b",
        "'",
        *_blanks,
    )
)
_values = _texts | st.sampled_from(("&#10;", "a\r\nb\tc", ""))


@st.composite
def elements(draw: st.DrawFn, depth: int = 2) -> str:
    name = draw(st.sampled_from(NAMES))
    keys = draw(st.lists(st.sampled_from(("id", "num", "a:num", "xml:lang")), unique=True, max_size=3))
    attributes = "".join(f' {key}="{draw(_values)}"' for key in keys)
    inner = st.one_of(_texts, _odd, elements(depth - 1)) if depth else st.one_of(_texts, _odd)  # type: ignore[call-arg]  # composite
    content = "".join(draw(st.lists(inner, max_size=4)))
    return f"<{name}{attributes}>{content}</{name}>" if content or draw(st.booleans()) else f"<{name}{attributes}/>"


@st.composite
def documents(draw: st.DrawFn) -> str:
    return f'<doc xmlns:a="urn:a">{"".join(draw(st.lists(elements(), max_size=4)))}</doc>'


def told(node: Node) -> object:
    """All that can be asked of a tree."""
    inside = [told(one) if not isinstance(one, str) else one for one in node.parts()]
    paths = [(name, other) for name in ("p", "b") for other in ("sub", "claim")]
    return (
        node.name,
        node.attributes(),
        node.get("num"),
        [child.name for child in node.children()],
        [(path, node.word(*path), len(node.every(*path)), node.first(*path) is None) for path in paths],
        node.word(),
        node.words("p", "p/sub", "b/claim", "p/p/é", "sub"),
        node.words("b"),
        [one.name for one in node.inside("b", "é")],
        node.flat(),
        node.flat(WORDING),
        node.flats(node.children(), WORDING),
        node.closed([node, *node.children()], CLOSED),
        node.gets([node, *node.children(), *node.inside("p")], "num"),
        node.gets(node.children(), "id"),
        node.rows(node.children(), "sub", "p/sub", "é"),
        [[one.flat() for one in ones] for ones in node.lists("p", "p/sub", "é", "p")],
        [[one and one.flat() for one in row] for row in node.firsts(node.children(), "sub", "p/sub")],
        inside,
    )


def outcome(parse, content: bytes) -> object:
    try:
        return told(parse(content))
    except etree.XMLSyntaxError as problem:
        return problem.position


@PATIENT
@given(documents())
def test_both_parsers_see_the_same_tree(text: str):
    strict = told(read_strictly(text.encode()))
    fast = pugi_tree.parse(text.encode())
    assert fast is not None
    assert told(fast) == strict
    scanned = scan_tree.parse(text.encode())
    assert scanned is not None or not is_plain(text)
    assert scanned is None or told(scanned) == strict


def is_plain(text: str) -> bool:
    """Whether the scan must know it: names in ASCII, and no attribute both with and without a prefix."""
    return not re.search("<é|\\snum=[^>]*a:num=|a:num=[^>]*\\snum=", text)


NASTY = (
    "<", ">", "&", "&amp", "&#0;", "&#xD800;", "&x;", '"', "'", "=", "/", "--", "<!--", "-->", "<![CDATA[", "]]>", "<?",
    "?>", "<?xml version='1.0'?>", "<!DOCTYPE doc>", "<p", "</p>", "</doc>", "<doc>", "<z:p/>", "<a:b:c/>", "<p id='1' id='2'/>",
    "<p id='1'num='2'/>", "<p id=1/>", "<p id='<'/>", "<p xmlns:b='urn:a' a:x='1' b:x='2'/>", "<p xmlns:a=''/>",
    "<1/>", "<-p/>", "</ p>", "< p/>", "\x00", "\x0b", "\ufffe", "\u00d7", "xmlns:a", "a:",
)  # fmt: skip


@PATIENT
@given(st.text(st.sampled_from("ab \n\t\r\xa0\x85\u1680\u2003\u200b\u2028\u205f\u3000\u3001é中") | _characters))
def test_lines_are_closed_up_alike(text: str):
    content = (
        f"<d><p>{''.join(_escaped.get(one, one) for one in text)}</p><sub>x</sub>{text[::-1].translate(HARMLESS)}</d>"
    )
    strict, scanned = read_strictly(content.encode()), scan_tree.parse(content.encode())
    assert scanned is not None
    assert scanned.closed([scanned], CLOSED) == strict.closed([strict], CLOSED)
    assert scanned.words("p", "q", "sub") == strict.words("p", "q", "sub")


@PATIENT
@given(
    documents(), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 6), st.sampled_from(NASTY)), min_size=1, max_size=3)
)
def test_what_lxml_refuses_is_refused_at_the_same_place(text: str, changes: list[tuple[float, int, str]]):
    for where, removed, inserted in changes:
        at = int(where * len(text))
        text = text[:at] + inserted + text[at + removed :]
    content = text.encode("utf-8", "surrogatepass")
    strict = outcome(read_strictly, content)
    assert outcome(read_by_pugi, content) == strict
    assert outcome(read_by_scan, content) == strict


@PATIENT
@given(documents(), st.integers(0, 255), st.floats(0, 1))
def test_a_changed_byte_is_judged_alike(text: str, byte: int, where: float):
    content = bytearray(text.encode())
    content[int(where * (len(content) - 1))] = byte
    strict = outcome(read_strictly, bytes(content))
    assert outcome(read_by_pugi, bytes(content)) == strict
    assert outcome(read_by_scan, bytes(content)) == strict


ODD = (
    "<d><p>a<!-- - --><?x y?>b</p><p>c<sub/>d</p></d>",
    "<d><p><![CDATA[a<b>&c;\r\n]]>]]&gt;</p></d>",
    "<d\n a = '1&lt;&#10;\t\r\n' b=\"'\"\r>&#xD;\r&#x10FFFF;&amp;lt;</d >\n<!-- x --><?y?>\n",
    "<a:d xmlns:a='urn:a' xmlns='urn:b' a:x='1' xml:lang='zh'><a:p>钱塘<b/></a:p></a:d>",
    "<d><p/><p></p><p> <sub>x</sub> y</p><sub><p><sub>z</sub></p></sub></d>",
    '<d title=\' num="3"\' num=\'4\' other="a num="><p num="1&amp;"/></d>',
)


@pytest.mark.parametrize("text", ODD)
def test_the_scan_knows_what_offices_write(text: str):
    scanned = scan_tree.parse(text.encode())
    assert scanned is not None
    assert told(scanned) == told(read_strictly(text.encode()))
    assert [one.attributes() for one in scanned.children()] == [
        one.attributes() for one in read_strictly(text.encode()).children()
    ]


def test_a_document_of_more_names_or_elements_than_expected():
    many = "".join(f"<n{n}>{n}</n{n}>" for n in range(6000))
    assert read_by_scan(f"<d>{many}</d>".encode()).word("n5999") == "5999"
    content = f"<d>{'<p/>' * 70_000}<q>x</q></d>".encode()
    assert scan_tree.parse(content).word("q") == "x"


CHECKED = """
import sys
from qiantang.corpus.ingest.methods.trees import Wording, scan_tree
CLOSED = Wording(frozenset({"sub"}), frozenset({"p"}), frozenset({"b"}), "\\x1e", "\\x1f")
for line in sys.stdin:
    content = bytes.fromhex(line)
    for end in range(1, len(content)):
        scan_tree.parse(content[:end])
    found = scan_tree.parse(content)
    found.flats(found.children()), found.rows(found.children(), "sub", "p/sub")
    found.gets(found.children(), "num"), found.closed(found.children(), CLOSED), found.lists("p", "p/sub")
"""


def test_the_scan_stays_inside_a_document_wherever_that_breaks_off():
    """Machine code does not check bounds; the same code as plain Python does."""
    program = [sys.executable, "-W", "ignore", "-c", CHECKED]
    given_ = "\n".join(text.encode().hex() for text in ODD)
    settings_ = os.environ | {"NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run(program, input=given_, env=settings_, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr


def is_read(parse, content: bytes) -> bool:
    try:
        parse(content)
    except etree.XMLSyntaxError:
        return False
    return True


@pytest.mark.parametrize("levels", [254, 255, 256, 257, 5000, 200_000])
def test_depth_is_bounded_alike(levels: int):
    content = b"<p>" * levels + b"x" + b"</p>" * levels
    assert is_read(read_strictly, content) == (levels <= 256)
    assert is_read(read_by_pugi, content) == is_read(read_by_scan, content) == (levels <= 256)


def test_one_text_is_bounded_alike():
    content = b"<p>" + b"x" * 10_000_001 + b"</p>"
    assert not is_read(read_by_pugi, content)
    assert not is_read(read_by_scan, content)
    assert not is_read(read_strictly, content)


@pytest.mark.parametrize("parse", [pugi_tree.parse, scan_tree.parse])
def test_nodes_outlive_what_they_came_from(parse):
    words = [parse(f"<a><b>{n}</b></a>".encode()).first("b") for n in range(2000)]
    assert [node.word() for node in words] == [str(n) for n in range(2000)]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("&ldquo;x&rdquo;", "“x”"),
        ("&mgr;m &Dgr; &OHgr; &PHgr; &lgr;", "μm Δ Ω Φ λ"),
        ("&lsqb;1&rsqb; &emsp; &frac12;", "[1] \u2003 ½"),
        ("&amp;lt; &#945;", "&lt; α"),
        ("<![CDATA[&ldquo;]]>&deg;", "&ldquo;°"),
    ],
)
def test_characters_with_names(written: str, read_as: str):
    content = resolved(f"<p>{written}</p>".encode())
    assert read_by_pugi(content).flat() == read_by_scan(content).flat() == read_strictly(content).flat() == read_as


def test_a_name_nobody_knows_is_an_error():
    assert not is_read(read_by_scan, resolved(b"<p>&nosuchname;</p>"))


def cuts(content: bytes, *elements: str) -> list[Node | DocumentRefused]:
    cutter = DocumentCutter(io.BytesIO(content), *elements)
    found: list[Node | DocumentRefused] = []
    for cut in cutter:
        try:
            found.append(cutter.parsed(cut))
        except DocumentRefused as problem:
            found.append(problem)
    return found


def test_characters_with_names_are_resolved_in_a_document_and_other_errors_keep_their_place():
    (document,) = cuts(b"<d>\n<t>&ldquo;x&rdquo;</t></d>", "d")
    assert document.word("t") == "“x”"
    (refused,) = cuts(b"<d>\n<t>&ldquo;x</t>\n<t></u></d>", "d")
    assert (refused.code, refused.facts["line"]) == ("xml_not_well_formed", 3)
    (refused,) = cuts(b"<d>\n<t>&nosuchname;</t></d>", "d")
    assert (refused.code, refused.facts["line"]) == ("xml_not_well_formed", 2)


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "gb18030", "euc-kr"])
def test_declared_encodings_are_read(encoding: str):
    word = {"gb18030": "钱塘", "euc-kr": "특허"}.get(encoding, "Züge")
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n<d><t>{word}</t></d>'
    (document,) = cuts(text.encode(encoding), "d")
    assert document.word("t") == word


def test_an_encoding_nobody_knows_is_refused():
    (told_,) = cuts(b'<?xml version="1.0" encoding="klingon"?><d/></d>'.replace(b"/></d", b"></d"), "d")
    assert told_.code == "encoding_unknown"


def test_bytes_that_are_none_of_their_encoding_are_refused_at_their_place():
    (told_,) = cuts(b'<?xml version="1.0" encoding="utf-8"?>\n<d>\n<t>\xff</t></d>', "d")
    assert (told_.code, told_.facts["line"]) == ("xml_not_well_formed", 3)


def test_documents_of_several_kinds_in_one_file():
    content = b"<?xml version='1.0'?><one><t>1</t></one>\n<?xml version='1.0'?><two>\n<t>2</t></two>"
    assert [document.word("t") for document in cuts(content, "one", "two")] == ["1", "2"]


def test_a_figure_declared_as_unparsed_entity_is_harmless():
    start = b'<!DOCTYPE d SYSTEM "d.dtd" [\n<!ENTITY F1.TIF SYSTEM "F1.TIF" NDATA TIF>\n'
    (harmless,) = cuts(start + b"]>\n<d><t>x</t></d>", "d")
    assert harmless.word("t") == "x"
    (refused,) = cuts(start + b'<!ENTITY x "NDATA ">]>\n<d><t>x</t></d>', "d")
    assert (refused.code, refused.facts["line"]) == ("xml_entity", 3)
