"""Both XML parsers over every real XML document of ../shared/data, where that folder is present."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from qiantang.corpus.ingest.methods.streams import sources
from qiantang.corpus.ingest.methods.trees import Wording, pugi_tree, read, read_by_scan, read_strictly, scan_tree
from qiantang.corpus.ingest.methods.trees.entities import resolved
from qiantang.corpus.ingest.methods.trees.port import Node

DATA = Path(os.environ.get("QIANTANG_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data")) / "patents"
pytestmark = [
    pytest.mark.real,
    pytest.mark.feature("X-29"),
    pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real files is not here"),
]
_ROOT = re.compile(rb"<[A-Za-z_]")
_LINES = Wording(frozenset({"maths", "math"}), frozenset({"p", "claim-text", "row"}), frozenset({"entry"}))
_CLOSED = replace(_LINES, line="\x1e", gap="\x1f")


def told(node: Node) -> object:
    inside = [one if isinstance(one, str) else told(one) for one in node.parts()]
    return node.name, node.attributes(), node.word(), inside


def outcome(parse, content: bytes) -> object:
    try:
        root = parse(content)
    except etree.XMLSyntaxError as problem:
        return problem.position
    return told(root), root.flat(), root.flat(_LINES), root.closed([root], _CLOSED), root.gets(root.children(), "id")


@pytest.mark.parametrize(
    "folder",
    [
        "cn-cnipa-xml",
        "us-uspto-xml",
        "us-assignments",
        "epo-docdb-xml",
        "epo-fulltext-xml",
        "epo-ops",
        "dpma-xml",
        "tw-tipo-xml",
    ],
)
def test_both_parsers_see_the_same_in_every_document(folder: str):
    read_fast = scanned = seen = 0
    for source in sources(DATA / folder):
        if not source.name.lower().endswith((".xml", ".sgml")):
            continue
        with source.open() as stream:
            content = stream.read()
        start = _ROOT.search(content)
        if start is None:
            continue
        document = resolved(content[start.start() :])
        strict = outcome(read_strictly, document)
        assert outcome(read, document) == strict, source.name
        assert outcome(read_by_scan, document) == strict, source.name
        scanned += scan_tree.parse(document) is not None
        read_fast += pugi_tree.parse(document) is not None
        seen += 1
    assert seen > 0
    assert read_fast > 0
