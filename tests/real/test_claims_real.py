"""Claims of real documents, where the folder is present: structure, category, and a grant beside another."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from qiantang.corpus.ingest.methods.readers import recognise
from qiantang.corpus.ingest.methods.streams import read_head, sources
from qiantang.corpus.ingest.types import FileRefused
from qiantang.kernel.claims import Category, Change, aligned, category_of, differences, parse_claims, split_elements

DATA = Path(os.environ.get("QIANTANG_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data")) / "patents"
pytestmark = [
    pytest.mark.real,
    pytest.mark.feature("S3-11"),
    pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real files is not here"),
]
# Papers of file wrappers carry claims as amended, with marks of their state between the words: no printed claims.
_PAPERS = {"uspto-file-wrapper-xml"}


def claims_in(*folders: str) -> dict[str, str]:
    """Publication -> claims, of every document that the folders hold."""
    found = {}
    for path in sorted(path for folder in folders for path in (DATA / folder).rglob("*") if path.is_file()):
        for source in sources(path):
            try:
                head, stream = read_head(source.open())
                with stream:
                    reader = recognise(head, source.name, source.open)
                    rows = [row for batch in reader.read(stream, source.name) for row in batch.observations.to_pylist()]
            except FileRefused:
                continue
            for row in rows if reader.name not in _PAPERS else []:
                for text in row["texts"] or ():
                    if text["part"] == "claims" and row["publications"]:
                        own = row["publications"][0]
                        found.setdefault(f"{own['number']}{own['kind'] or ''}", text["text"])
    return found


@pytest.fixture(scope="module")
def told():
    return claims_in("google-patents-html", "epo-ops", "cn-cnki-claims", "cn-single-docs", "us-uspto-xml/go-uspto")


def independent(text: str):
    return [claim for claim in parse_claims(text) if claim.independent]


def test_independent_claims_of_known_grants_are_found_and_taken_apart(told):
    ratchet = independent(told["CN104154208B"])
    assert [(c.number, category_of(c.text), len(split_elements(c.text).elements)) for c in ratchet] == [
        (1, Category.PRODUCT, 4),
        (4, Category.PRODUCT, 7),
        (13, Category.PRODUCT, 10),
    ]
    assert split_elements(ratchet[0].text).preamble == "一种凸轮轴"
    assert [c.number for c in independent(told["US12390907B2"])] == [1, 19, 27, 34]
    bricks = split_elements(independent(told["EP1000000A1"])[0].text)
    assert bricks.turn == "characterized in that"
    assert bricks.elements[0].startswith("the apparatus further comprises means for moving the mould container parts")


def test_most_independent_claims_have_a_known_structure_and_category(told):
    claims = [claim for text in told.values() for claim in independent(text)]
    known = Counter((split_elements(c.text) is not None, category_of(c.text) is not None) for c in claims)
    assert len(claims) >= 50
    assert known[True, True] / len(claims) >= 0.9


def test_every_claim_put_together_from_its_parts_is_the_claim(told):
    for text in told.values():
        for claim in parse_claims(text):
            parts = split_elements(claim.text)
            if parts:
                assert parts.preamble + parts.transition + parts.body == claim.text


def test_a_grant_does_not_differ_from_itself_and_two_grants_are_told_apart(told):
    one, other = ([c.text for c in parse_claims(told[number])] for number in ("CN104154208B", "US12390907B2"))
    assert all(pair.old == pair.new for pair in aligned(one, one))
    assert {piece.change for text in one for piece in differences(text, text)} == {Change.SAME}
    assert Counter(pair.old is None or pair.new is None for pair in aligned(one, other))[True] == len(one) + len(other)
