"""Full texts of the USPTO: every form, every part, both parsers, weeks in a file and bounded memory."""

from __future__ import annotations

import io
import subprocess
import sys
import textwrap
import zipfile
from datetime import date
from pathlib import Path

import pytest

from qiantang.corpus.ingest.methods import trees
from qiantang.corpus.ingest.methods.readers.cnipa_xml import CnipaPublicationReader
from qiantang.corpus.ingest.methods.readers.uspto.documents_xml import UsptoDocumentReader
from qiantang.corpus.ingest.methods.streams import sources
from qiantang.corpus.ingest.tests.readings import document, read
from qiantang.corpus.ingest.tests.uspto_documents import APPLICATION_2001, PATDOC, grant

pytestmark = pytest.mark.feature("S3-20")


def only(text: str) -> dict:
    (said,), refused = read(text.encode())
    assert refused == []
    return said


def parties(said: dict, role: str) -> list[tuple]:
    return [(p["name"], p["country"], p["address"]) for p in said["parties"] if p["role"] == role]


def parts(said: dict) -> dict[str, str]:
    assert {t["language"] for t in said["texts"]} == {"en"}
    return {t["part"]: t["text"] for t in said["texts"]}


def test_numbers_of_a_grant():
    said = only(grant())
    assert (said["office"], said["type"], said["claim_count"]) == ("US", "invention", 2)
    assert (said["application_number"], said["filing_date"]) == ("US97/999001", date(2036, 2, 29))
    assert said["publications"] == [
        {"number": "US99999001", "kind": "B2", "date": date(2038, 1, 5)},
        {"number": "US20370999001", "kind": "A1", "date": date(2037, 9, 10)},
    ]
    assert said["as_of"] == date(2038, 1, 5)
    assert said["keys"] == ["a:US97999001", "p:US99999001", "p:US20370999001"]


def test_texts_of_a_grant():
    said = only(grant())
    assert parts(said) == {
        "title": "Invented hook with a twist",
        "abstract": "A hook holds a load.",
        "description": "FIELD\nHooks as in FIG. 1, x2, and so on.\na 1\nb 2",
        "claims": "1. A hook, comprising:\na bow; and\nan eye.\n2. The hook of claim 1.",
    }
    assert said["notes"] == ["formula_left_out"]


def test_people_of_a_grant():
    said = only(grant())
    assert parties(said, "applicant") == [("Example Hooks Ltd.", "US", "Nowhere, ZZ")]
    assert parties(said, "holder") == [("Example Holding Inc.", "DE", "Nowhere")]
    assert parties(said, "inventor") == [("Ann B. Sample", "CN", "Hangzhou")]
    assert parties(said, "agency") == [("Specimen LLP", None, None)]
    assert parties(said, "agent") == [("Max Pattern", None, None)]


def test_classes_priorities_citations_figures_of_a_grant():
    said = only(grant())
    assert [(c["scheme"], c["symbol"], c["edition"], c["first"]) for c in said["classifications"]] == [
        ("ipc", "B66C1/10", "2006.01", True),
        ("ipc", "F16H25/00", "2013.01", False),
        ("cpc", "B66C1/10", "2013.01", True),
        ("cpc", "Y10T74/18", "2013.01", False),
    ]
    assert [(p["number"], p["country"], p["date"]) for p in said["priorities"]] == [
        ("10-2035-9990001", "KR", date(2035, 3, 1)),
        ("96999001", "US", date(2034, 5, 1)),
        ("69999002", "US", date(2033, 4, 1)),
        ("PCT/KR2036/999001", "WO", date(2036, 2, 1)),
    ]
    assert [(c["cited"], c["origin"], c["date"], c["text"]) for c in said["citations"]] == [
        ("US9999901", "examiner", None, None),
        (None, "applicant", None, "XX without form"),
        (None, "other", None, "Nobody, “On hooks”, pp. 1-2."),
    ]
    assert [(m["kind"], m["position"], m["place"]) for m in said["media"]] == [
        ("figure", 1, "US99999001-D00001.TIF"),
        ("figure", 2, "US99999001-D00002.TIF"),
    ]


def test_an_application_without_grant_is_read_by_the_same_rules():
    text = grant(number="20370999001", kind="A1")
    text = text.replace("us-patent-grant", "us-patent-application").replace("data-grant", "data-application")
    said = only(text)
    assert [(p["number"], p["kind"]) for p in said["publications"]] == [("US20370999001", "A1")]


@pytest.mark.parametrize(("number", "kind", "kept", "type_"), [
    ("D0999001", "S1", "USD999001", "design"),
    ("PP099901", "P2", "USPP99901", "plant"),
    ("RE099902", "E1", "USRE99902", "invention"),
])  # fmt: skip
def test_designs_plants_and_reissues(number: str, kind: str, kept: str, type_: str):
    said = only(grant(number=number, kind=kind))
    assert (said["publications"][0]["number"], said["type"]) == (kept, type_)


def test_before_2013_applicants_are_inventors():
    start, rest = grant().split("<us-parties>")
    _, end = rest.split("</us-parties>")
    person = (
        '<parties><applicants><applicant sequence="001" app-type="applicant-inventor"><addressbook>'
        "<last-name>Sample</last-name><first-name>Ann</first-name><address><street>1 Made-up Lane</street><city>Nowhere</city>"
        "<postcode>85099</postcode><country>omitted</country></address></addressbook></applicant></applicants></parties>"
    )
    said = only(start + person + end)
    assert parties(said, "applicant") == parties(said, "inventor") == [("Ann Sample", None, "1 Made-up Lane, Nowhere")]


def test_an_application_of_2001():
    said = only(APPLICATION_2001)
    assert (said["application_number"], said["filing_date"]) == ("US09/999001", date(1999, 6, 29))
    assert said["publications"] == [{"number": "US20010999001", "kind": "A1", "date": date(2001, 3, 15)}]
    assert parts(said) == {
        "title": "Invented “switch” of 3 μm",
        "abstract": "A switch switches.",
        "claims": "1. A switch:\nwith a lever.",
        "description": "FIELD\nSwitches at 5° H2O.",
    }
    assert [(c["symbol"], c["edition"]) for c in said["classifications"]] == [("G06F15/16", "7")]
    assert [(p["number"], p["country"]) for p in said["priorities"]] == [
        ("197 99 001", "DE"),
        ("08999002", "US"),
        ("60999003", "US"),
    ]
    assert parties(said, "inventor") == [("Ann B. Sample", "US", "Nowhere, ZZ"), ("Max Pattern", "DE", "Ulm")]
    assert parties(said, "applicant") == [("Ann B. Sample", "US", "Nowhere, ZZ")]
    assert parties(said, "holder") == [("Example Switches Ltd.", None, None)]
    assert parties(said, "agency") == [("Specimen LLP", None, None)]
    assert [m["place"] for m in said["media"]] == ["US20010999001A1-D00001.TIF"]


def test_a_grant_in_the_sgml_of_2002():
    said = only(PATDOC)
    assert (said["application_number"], said["filing_date"]) == ("US09/999004", date(1999, 6, 30))
    assert said["publications"] == [{"number": "US6999001", "kind": "B1", "date": date(2002, 1, 8)}]
    assert said["claim_count"] == 39
    assert parts(said) == {
        "title": "Invented disc",
        "abstract": "A disc stores.",
        "claims": "1. A disc with\na hole.",
        "description": "FIELD\nDiscs at 52°.",
    }
    assert [(c["symbol"], c["edition"], c["first"]) for c in said["classifications"]] == [
        ("B32B3/02", "7", True),
        ("H01L21/302", "7", False),
    ]
    assert [(p["number"], p["country"], p["date"]) for p in said["priorities"]] == [
        ("10-999098", "JP", date(1998, 7, 1)),
        ("08999005", "US", date(1997, 1, 1)),
        ("PCT/JP98/99045", "WO", date(1998, 10, 8)),
    ]
    assert [(c["cited"], c["origin"], c["text"]) for c in said["citations"]] == [
        ("US5999489", "examiner", None),
        ("DE19999999", "other", None),
        (None, "examiner", "Nobody, On discs."),
    ]
    assert parties(said, "inventor") == parties(said, "applicant") == [("Ann Sample", "JP", "Kanagawa")]
    assert parties(said, "holder") == [("Example Discs Ltd.", "US", "Nowhere, ZZ")]
    assert parties(said, "agency") == [("Specimen & Pattern, P.C.", None, None)]


def test_a_design_of_2002_has_its_locarno_class():
    said = only(PATDOC.replace("06999001<", "D0999001<").replace(">B1<", ">S1<").replace("B32B  302", "0101"))
    assert [(c["scheme"], c["symbol"]) for c in said["classifications"]][:1] == [("locarno", "01-01")]
    assert said["type"] == "design"


@pytest.mark.parametrize(("old", "new", "code", "column"), [
    ("<doc-number>99999001</doc-number>", "", "number_missing", "publication_number"),
    ("<doc-number>99999001</doc-number>", "<doc-number>none</doc-number>", "number_unrecognised", "publication_number"),
    ("<date>20380105</date>", "<date>20380231</date>", "date_impossible", "publication-reference/date"),
    ("<date>20360229</date>", "<date>soon</date>", "date_unrecognised", "application-reference/date"),
])  # fmt: skip
def test_what_cannot_be_trusted_is_refused_with_its_place(old: str, new: str, code: str, column: str):
    observed, (told,) = read(grant().replace(old, new).encode())
    assert observed == []
    assert (told.row, told.code, told.column, told.facts["line"]) == (1, code, column, 1)


def test_a_prefix_that_nothing_declares_is_told_as_for_all_documents():
    _, (told,) = read(grant().replace("<abstract", "<x:part/><abstract").encode())
    assert (told.row, told.code) == (1, "xml_namespace_undeclared")


def test_a_week_in_a_file_costs_a_broken_document_itself_only():
    week = grant(1) + grant(2).replace("</abstract>", "") + PATDOC + APPLICATION_2001 + grant(3)
    observed, (told,) = read(week.encode())
    assert [o["row"] for o in observed] == [1, 3, 4, 5]
    assert (told.row, told.code) == (2, "xml_not_well_formed")
    assert "abstract" in week.split("\n")[told.facts["line"] - 1] or "us-patent-grant" in told.raw


def test_zips_in_zips(tmp_path: Path):
    inner, outer = io.BytesIO(), tmp_path / "week.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("ipg380105.xml", grant(1) + grant(2))
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    (source,) = sources(outer)
    assert source.name == "week.zip/inner.zip/ipg380105.xml"
    with source.open() as stream:
        batches = list(UsptoDocumentReader().read(stream, source.name))
    assert sum(batch.observations.num_rows for batch in batches) == 2


@pytest.mark.feature("X-29")
@pytest.mark.parametrize(
    ("reader", "content"),
    [
        (UsptoDocumentReader, grant() + PATDOC + APPLICATION_2001 + grant(number="D0999001", kind="S1")),
        (CnipaPublicationReader, document() + document(9_990_002)),
    ],
)
def test_both_parsers_give_the_same_records(reader: type, content: str):
    def batches(parse: trees.Parse) -> list:
        return [b.observations for b in reader(parse).read(io.BytesIO(content.encode()), "week.xml")]

    fast, strict = batches(trees.read), batches(trees.read_strictly)
    assert fast == strict
    assert sum(batch.num_rows for batch in fast) > 1


WEEK = """
    import io, resource, sys
    from qiantang.corpus.ingest.methods import trees
    from qiantang.corpus.ingest.methods.readers.uspto.documents_xml import UsptoDocumentReader

    class Week(io.RawIOBase):
        def __init__(self, parts, copies):
            self.parts, self.left, self.held = parts, copies, b""
        def readable(self):
            return True
        def readinto(self, buffer):
            while len(self.held) < len(buffer) and self.left:
                self.held += self.parts[self.left % len(self.parts)]
                self.left -= 1
            out, self.held = self.held[: len(buffer)], self.held[len(buffer) :]
            buffer[: len(out)] = out
            return len(out)

    trees.read_by_scan(b"<d/>")  # machine code is made ready once, however much is read
    text = open(sys.argv[1]).read()
    parts = [text.replace("999001", f"{n:06d}").encode() for n in range(100)]
    copies = int(sys.argv[2]) * 2**20 // len(parts[0]) + 1
    stream = io.BufferedReader(Week(parts, copies), 1 << 20)
    rows = sum(b.observations.num_rows for b in UsptoDocumentReader().read(stream, "week.xml"))
    assert rows == copies, (rows, copies)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
    if sys.platform == "linux":  # where that peak is one of the process that started this one, too
        peak = int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0])
    print(peak)
"""


@pytest.mark.feature("X-29")
def test_a_week_of_200_megabytes_is_read_in_bounded_memory(tmp_path: Path):
    """The peak of a process which reads 200 MB, over that of one which reads 2 MB: a batch and a document, not the file.

    Both have the machine code at hand; with all of it a load stays far below what the platform may take.
    """
    pages = "".join(f'<p id="p-{n}" num="{n}">{"A hook holds a load. " * 60}</p>\n' for n in range(400))
    whole = tmp_path / "grant.xml"
    whole.write_text(grant().replace("</description>", pages + "</description>"))

    def peak(megabytes: int) -> int:
        ran = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(WEEK), str(whole), str(megabytes)],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        return int(ran.stdout)

    little, much = peak(2), peak(200)
    assert much - little < 64 * 2**10, (little, much)
    assert much < 2**20
