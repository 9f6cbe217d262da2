"""Nearness, loose phrases and wildcards over a real index, held against a reading of the text letter by letter."""

from __future__ import annotations

import re
from random import Random

import pyarrow as pa
import pytest

from qiantang.corpus.register.methods.documents import documents
from qiantang.corpus.register.methods.highlight import marks
from qiantang.corpus.register.methods.query_language import compile_query, parse, terms_to_mark
from qiantang.corpus.register.search import INDEX
from qiantang.corpus.register.types import RECORD_SCHEMA
from qiantang.engines.search.port import load
from qiantang.kernel.text import characters, fold

ADAPTERS = ["qiantang.engines.search.tantivy.TantivyEngine", "qiantang.engines.search.memory.MemoryEngine"]
WORDS = [
    "石墨",
    "电池",
    "锂",
    "固态电解质",
    "涂",
    "。",
    "，",
    " graphite ",
    " cell ",
    " cells ",
    " compute ",
    " computer ",
    "层",
]
TERMS = ["石墨", "电池", "锂", "涂", "层", "电解", "graphite", "cell", "cells"]


@pytest.fixture(scope="module")
def texts():
    random = Random(5)
    return ["".join(random.choices(WORDS, k=random.randrange(4, 14))) for _ in range(250)]


@pytest.fixture(scope="module", params=ADAPTERS, ids=lambda path: path.rpartition(".")[2])
def engine(request, texts):
    rows = []
    for number, text in enumerate(texts):
        row = dict.fromkeys(RECORD_SCHEMA.names)
        parts = [{"part": "abstract", "language": "zh", "text": text, "machine": False}]
        # a second text: nothing may be near across the two
        parts.append({"part": "abstract", "language": "en", "text": "cell graphite", "machine": False})
        row.update(patent_id=f"CN{number:04d}", texts=parts, keys=[f"a:CN2019{number:08d}", f"p:CN1{number:08d}"])
        rows.append(row)
    made = load(request.param, schema=INDEX, place=None)
    with made.writer() as writer:
        writer.add(documents(pa.RecordBatch.from_pylist(rows, RECORD_SCHEMA)))
        writer.commit(stamp=1)
    return made


def units(text: str) -> list[tuple[str, int]]:
    """(character or word, number of its run): a position each."""
    found: list[tuple[str, int]] = []
    run, before = 0, ""
    for piece in re.findall(r"[a-z0-9]+|.", fold(text)):
        kind = "cjk" if characters(piece) else "word" if piece.isalnum() else ""
        run += kind != before or kind == "word"
        before = kind
        if kind:
            found.append((piece, run))
    return found


def places(text: str, term: str) -> list[tuple[int, int]]:
    """(first, last) position of each occurrence of a term of one run."""
    there, wanted = units(text), [piece for piece, _ in units(term)]
    size = len(wanted)
    return [
        (at, at + size - 1)
        for at in range(len(there) - size + 1)
        if [piece for piece, _ in there[at : at + size]] == wanted
        and len({run for _, run in there[at : at + size]}) == 1
    ]


def are_near(text: str, one: str, other: str, distance: int, *, ordered: bool) -> bool:
    pairs = [(a, b) for a in places(text, one) for b in places(text, other)]
    behind = any(1 <= b[0] - a[1] <= distance for a, b in pairs)
    return behind or (not ordered and any(1 <= a[0] - b[1] <= distance for a, b in pairs))


def found(engine, text: str) -> set[str]:
    return set(engine.ids(compile_query(parse(text), regions={})))


def holding(texts, test) -> set[str]:
    return {f"CN{number:04d}" for number, text in enumerate(texts) if test(text) or test("cell graphite")}


@pytest.mark.feature("S3-02")
def test_nearness_is_what_the_positions_say(engine, texts):
    random = Random(3)
    met = 0
    for _ in range(40):
        one, other = random.choice(TERMS), random.choice(TERMS)
        distance, ordered = random.randrange(1, 6), random.random() < 0.5
        expected = holding(texts, lambda text: are_near(text, one, other, distance, ordered=ordered))  # noqa: B023 used at once
        sign = f"{'ADJ' if ordered else 'NEAR'}{distance}"
        assert found(engine, f"AB=({one} {sign} {other})") == expected, (one, sign, other)
        met += bool(expected)
    assert met > 20


@pytest.mark.feature("S3-02")
def test_alternatives_and_chains(engine, texts):
    either = holding(
        texts,
        lambda text: are_near(text, "石墨", "锂", 3, ordered=False) or are_near(text, "石墨", "电池", 3, ordered=False),
    )
    assert found(engine, "石墨 NEAR3 (锂 OR 电池)") == either

    def chained(text: str) -> bool:
        return any(
            1 <= b[0] - a[1] <= 2 and 1 <= c[0] - b[1] <= 3
            for a in places(text, "石墨")
            for b in places(text, "电池")
            for c in places(text, "graphite")
        )

    assert found(engine, "石墨 ADJ2 电池 ADJ3 graphite") == holding(texts, chained)


@pytest.mark.feature("S3-02")
def test_a_loose_phrase_keeps_its_order(engine, texts):
    def loose(text: str) -> bool:
        return any(
            b[0] - a[1] >= 1 and c[0] - b[1] >= 1 and (b[0] - a[1] - 1) + (c[0] - b[1] - 1) <= 3
            for a in places(text, "石墨")
            for b in places(text, "电池")
            for c in places(text, "层")
        )

    expected = holding(texts, loose)
    assert expected
    assert found(engine, '"石墨 电池 层"~3') == expected


@pytest.mark.feature("S3-02")
@pytest.mark.parametrize(
    ("query", "pattern"),
    [
        ("comput*", r"\bcomput[a-z0-9]*\b"),
        ("cell#", r"\bcell[a-z0-9]?\b"),
        ("c?ll", r"\bc[a-z0-9]ll\b"),
        ("电?池", "电.池"),
        ("石墨*", "石墨"),
        ("*电池", "电池"),
        ("层 ADJ2 comp*", None),
    ],
)
def test_wildcards(engine, texts, query, pattern):
    if pattern is None:
        expected = holding(
            texts,
            lambda text: any(are_near(text, "层", one, 2, ordered=True) for one in ("compute", "computer")),
        )
    else:
        expected = holding(texts, lambda text: re.search(pattern, fold(text), re.ASCII) is not None)
    assert found(engine, f"AB=({query})" if " " in query else f"AB={query}") == expected


def test_the_ends_of_numbers(engine, texts):
    assert found(engine, "PN=*0007") == {"CN0007"}
    assert found(engine, "AN=CN2019000001*") == {f"CN{number:04d}" for number in range(100, 200)}
    assert found(engine, "PN=CN1*") == {f"CN{number:04d}" for number in range(len(texts))}


def test_words_of_a_pattern_are_marked():
    needles = terms_to_mark(parse("comput* 石墨 NEAR2 电池"))
    text = "A Computer computes 石墨的电池, compute"
    assert [text[m.start : m.end] for m in marks(text, needles)] == ["Computer", "computes", "石墨", "电池", "compute"]
