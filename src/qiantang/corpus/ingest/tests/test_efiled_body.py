"""Electronically filed parts of applications: one part a document, the number in the path."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from qiantang.corpus.ingest.methods import trees
from qiantang.corpus.ingest.methods.readers.efiled_body import EfiledBodyReader
from qiantang.corpus.ingest.methods.streams import sources
from qiantang.corpus.ingest.tests.readings import application, read

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("X-29")]

NUMBER = application(9_990_001)
CLAIMS, DESCRIPTION, DRAWINGS, ABSTRACT = "100001", "100002", "100003", "100004"
BODIES = {
    CLAIMS: """<cn-claims><claim id="cl001" num="1"><claim-text>1、一种虚构的装置，其特征在于：包括壳<br/>
体和 open<br/>
source 部件N<sub>2</sub>。<br/></claim-text><claim-text>其中有盖。</claim-text></claim>
<claim num="2"><claim-text>按权利要求1所述的装置。<br/></claim-text></claim></cn-claims>""",
    DESCRIPTION: """<description><invention-title>一种虚构的<br/>
装置<br/></invention-title><heading level="2">技术领域<br/></heading>
<p id = "p0001" num="0001" Italic="0" >属于虚构<br/>
领域。<br/></p></description>""",
    DRAWINGS: """<cn-drawings><figure num="0001" figure-labels="图1"><img file="HDA1.tif" img-format="tif"/></figure>
<!-- 1 --><pb pnum="1"/><figure num="0002"><img file="HDA2.jpg"/></figure></cn-drawings>""",
    ABSTRACT: """<cn-abstract><p>公开了一种<br/>
装置。<br/><!-- 1 --><pb pnum="1"/></p><cn-abst-figure><figure><img file="EDA1.tif"/></figure></cn-abst-figure></cn-abstract>""",
}


def body(part: str) -> bytes:
    return (
        '\ufeff<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE cn-application-body SYSTEM "/dtdandxsl/none-of-ours.dtd">\n<?xml-stylesheet type="text/xsl" href="/x.xsl"?>\n'
        f'<cn-application-body lang="zh" country="CN">\n{BODIES[part]}\n</cn-application-body>'
    ).encode()


def only(part: str, name: str | None = None) -> dict:
    (said,), refused = read(body(part), name or f"efiling/{NUMBER}/{part}/DA1.xml")
    assert refused == []
    return said


@pytest.mark.parametrize("parse", [trees.read, trees.read_strictly])
def test_each_part_says_its_own_and_whose_it_is(parse):
    reader = EfiledBodyReader(parse)
    name = f"efiling/{NUMBER}/x/DA1.xml"
    said = {part: read(body(part), name, reader)[0][0] for part in BODIES}
    for one in said.values():
        assert one["application_number"] == f"CN{NUMBER[:12]}.{NUMBER[12]}"
        assert (one["type"], one["publications"], one["notes"]) == ("invention", [], ["text_as_filed"])
    assert [(t["part"], t["text"]) for t in said[CLAIMS]["texts"]] == [
        (
            "claims",
            "1. 一种虚构的装置，其特征在于：包括壳体和 open source 部件N2。\n其中有盖。\n2. 按权利要求1所述的装置。",
        )
    ]
    assert said[CLAIMS]["claim_count"] == 2
    assert [(t["part"], t["text"]) for t in said[DESCRIPTION]["texts"]] == [
        ("title", "一种虚构的装置"),
        ("description", "技术领域\n属于虚构领域。"),
    ]
    assert [(m["kind"], m["position"], m["place"]) for m in said[DRAWINGS]["media"]] == [
        ("figure", 1, "HDA1.tif"),
        ("figure", 2, "HDA2.jpg"),
    ]
    assert [t["text"] for t in said[ABSTRACT]["texts"]] == ["公开了一种装置。"]
    assert [(m["kind"], m["place"]) for m in said[ABSTRACT]["media"]] == [("abstract_figure", "EDA1.tif")]


def test_the_number_is_the_nearest_folder_that_is_one(tmp_path: Path):
    assert only(CLAIMS, f"{application(9_990_009)}/{NUMBER}/100001/DA1.xml")["application_number"][2:14] == NUMBER[:12]
    folder = tmp_path / NUMBER / CLAIMS
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / "DA1.zip", "w") as archive:
        archive.writestr("DA1.xml", body(CLAIMS))
    (source,) = sources(tmp_path)
    assert source.name == f"{NUMBER}/{CLAIMS}/DA1.zip/DA1.xml"
    assert only(CLAIMS, source.name)["application_number"][2:14] == NUMBER[:12]


def test_a_part_whose_path_names_no_application_is_refused():
    wrong = NUMBER[:12] + ("1" if NUMBER[12] != "1" else "2")
    for name, code in (
        ("DA1.xml", "path_without_number"),
        ("100001/DA1.xml", "path_without_number"),
        (f"{NUMBER}.xml", "path_without_number"),
        (f"{wrong}/100001/DA1.xml", "check_digit_wrong"),
    ):
        observed, refused = read(body(CLAIMS), name)
        assert (observed, [told.code for told in refused]) == ([], [code]), name


def test_a_part_cut_off_is_refused_with_its_place():
    observed, (told,) = read(body(CLAIMS)[:-40], f"{NUMBER}/100001/DA1.xml")
    assert (observed, told.code) == ([], "document_truncated")
