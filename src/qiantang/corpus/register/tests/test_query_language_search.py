"""The language over a real index: every substring is found, filters narrow, facets count what their value finds."""

from __future__ import annotations

import re
from datetime import date, timedelta
from random import Random

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.corpus.register.methods.documents import documents, spelling
from qiantang.corpus.register.methods.query_language import FACETS, SORTS, canonical, compile_query, parse, quoted
from qiantang.corpus.register.search import INDEX
from qiantang.corpus.register.types import RECORD_SCHEMA
from qiantang.engines.search.port import FacetRequest, Sort, load
from qiantang.kernel.legalstatus import Status
from qiantang.kernel.paging import PageRequest
from qiantang.kernel.text import fold, tokens

ADAPTERS = ["qiantang.engines.search.tantivy.TantivyEngine", "qiantang.engines.search.memory.MemoryEngine"]
REGIONS = {"杭州市": "330100"}
LETTERS = "石墨烯锂离子电池鋰電固态" * 3 + "，。 aA5-㎜B"
NAMES = ["钱潮（甲）厂", "钱潮(甲)厂", "錢潮乙廠", "Qian Chao Ltd", "QIAN CHAO LTD", '"丙" \\ 厂', "丁厂"]
SYMBOLS = ["G06F16/35", "G06F16/33", "G06F16/00", "G06F9/50", "H01M10/0525", "A61K31/00"]


def _text(random, most):
    return "".join(random.choices(LETTERS, k=random.randrange(most)))


def _row(number, random):
    filed = random.choice([None, date(2018, 1, 1) + timedelta(days=random.randrange(1500))])
    granted = random.choice([None, date(2021, 1, 1)])
    parts = [("title", 15), ("abstract", 60), ("claims", 90), ("title", 10)]
    row = dict.fromkeys(RECORD_SCHEMA.names)
    row.update(
        patent_id=f"CN20191{number:07d}",
        office=random.choice(["CN", "US"]),
        type=random.choice(["invention", "design", None]),
        filing_date=filed,
        first_publication_date=filed and filed + timedelta(days=500),
        grant_date=granted,
        status=random.choice([str(one) for one in Status]),
        status_as_of=date(2026, 1, 1),
        region_code=random.choice(["330106", "330100", "330000", "110101", None]),
        keys=[f"a:CN20191{number:07d}"],
        texts=[
            {"part": part, "language": "zh", "text": _text(random, most), "machine": False}
            for part, most in parts
            if random.random() < 0.8
        ],
        parties=[
            {"role": random.choice(["applicant", "holder"]), "position": 1, "name": random.choice(NAMES)}
            for _ in range(random.randrange(3))
        ],
        classifications=[
            {"scheme": "ipc", "symbol": random.choice(SYMBOLS), "first": False} for _ in range(random.randrange(3))
        ],
        publications=[
            {"number": f"CN1{number:08d}", "kind": random.choice(["A", "B", "B1", "U", None]), "date": filed}
        ],
    )
    return row


@pytest.fixture(scope="module")
def rows():
    random = Random(11)
    return [_row(number, random) for number in range(400)]


@pytest.fixture(scope="module", params=ADAPTERS, ids=lambda path: path.rpartition(".")[2])
def engine(request, rows):
    made = load(request.param, schema=INDEX, place=None)
    with made.writer() as writer:
        for start in (0, 100, 250):
            end = {0: 100, 100: 250, 250: 400}[start]
            writer.put(documents(pa.RecordBatch.from_pylist(rows[start:end], RECORD_SCHEMA)))
            writer.commit(stamp=start)
    return made


def ask(text):
    return compile_query(parse(text), regions=REGIONS)


def holding(rows, term, *parts):
    found = fold(term)
    return {
        row["patent_id"]
        for row in rows
        if any(text["part"] in parts and found in fold(text["text"]) for text in row["texts"])
    }


chinese = st.text(alphabet="石墨烯锂离子电池鋰電固态", min_size=1, max_size=8)
FIELDS = {"": ("title", "abstract", "claims"), "TI=": ("title",), "TA=": ("title", "abstract"), "CL=": ("claims",)}


@pytest.mark.feature("S3-03")
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_chinese_term_finds_every_text_that_holds_it_and_no_other(engine, rows, data):
    field = data.draw(st.sampled_from(sorted(FIELDS)))
    texts = [t["text"] for row in rows for t in row["texts"] if len(t["text"]) > 8]
    text = fold(data.draw(st.sampled_from(texts)))
    start = data.draw(st.integers(0, len(text) - 1))
    cut = text[start : start + data.draw(st.integers(1, 8))]
    term = data.draw(st.one_of(chinese, st.just("".join(one for one in cut if "\u4e00" <= one <= "\u9fff") or "石")))
    expected = holding(rows, term, *FIELDS[field])
    assert engine.ids(ask(field + term)) == expected
    assert engine.search(ask(field + term), page=PageRequest()).total == len(expected)


def _whole_words(rows, word, part):
    return {
        row["patent_id"]
        for row in rows
        if any(text["part"] == part and word in tokens(text["text"]) for text in row["texts"])
    }


@pytest.mark.feature("S3-03")
@pytest.mark.parametrize("word", ["a", "a5", "mm", "5", "b"])
def test_a_latin_word_is_found_whole_in_any_width_and_case(engine, rows, word):
    assert engine.ids(ask(f"TI={word.upper()}")) == _whole_words(rows, word, "title")


@pytest.mark.feature("S3-03")
@pytest.mark.parametrize(("word", "character"), [("a", "石"), ("a5", "离"), ("5", "电"), ("mm", "池")])
def test_a_mixed_phrase_may_end_in_one_character_and_go_on(engine, rows, word, character):
    expected = {
        row["patent_id"]
        for row in rows
        if any(re.search(rf"(?<![a-z0-9]){word}[ ,。-]*{character}", fold(text["text"])) for text in row["texts"])
    }
    assert expected
    assert engine.ids(ask(word + character)) == expected
    assert engine.ids(ask(f'"{word} {character}"')) == expected


FILTERS = [
    *("IC=G06F", "IC=G06F16", "IC=G06F16/35", "IC=G06F16/3*", "IC=G", "PA=钱潮", "PA==钱潮（甲）厂", "PA=chao"),
    *("AD=2019", "AD>=201906", "AD=[2018-06 TO 2019}", "AY>2019", "GD=2021", "KD=B", "KD==B", "KD=授权"),
    *("LS=有效", "LS=失效", "LS=unknown", "TY=发明", "CC=CN", "CI=330100", "CI=杭州市", "CI==330100", "CI=33"),
    *("CI:*", "AD:*", "IC:*", "TI:*", "CI=unknown", "AN=CN201910000007"),
]
filters = st.sampled_from(FILTERS)
queries = st.one_of(
    st.just(""),
    chinese.map(lambda term: term[:2]),
    st.tuples(chinese, filters).map(lambda pair: f"{pair[0][:1]} {pair[1]}"),
    st.tuples(filters, filters).map(lambda pair: f"{pair[0]} or not {pair[1]}"),
)


@pytest.mark.feature("S3-04")
@settings(max_examples=80, deadline=None)
@given(query=queries, narrowing=filters)
def test_a_filter_only_narrows_and_parts_everything_in_two(engine, query, narrowing):
    plain = engine.ids(ask(query))
    kept = engine.ids(ask(f"({query}) {narrowing}" if query else narrowing))
    left = engine.ids(ask(f"({query}) not {narrowing}" if query else f"not {narrowing}"))
    assert kept <= plain
    assert kept | left == plain
    assert not kept & left


@pytest.mark.feature("S3-04")
def test_filters_find_what_the_records_say(engine, rows):
    def these(condition):
        return {row["patent_id"] for row in rows if condition(row)}

    def symbols(row):
        return [one["symbol"] for one in row["classifications"]]

    assert engine.ids(ask("IC=G06F16")) == these(lambda r: any(s.startswith("G06F16/") for s in symbols(r)))
    assert engine.ids(ask("IC=G06F16/3*")) == these(lambda r: any(s.startswith("G06F16/3") for s in symbols(r)))
    assert engine.ids(ask("IC=G06F16/00")) == these(lambda r: "G06F16/00" in symbols(r))
    filed = "filing_date"
    assert engine.ids(ask("AD<=2019")) == these(lambda r: r[filed] and r[filed] <= date(2019, 12, 31))
    assert engine.ids(ask("AD>2019")) == these(lambda r: r[filed] and r[filed] >= date(2020, 1, 1))
    assert engine.ids(ask("AD>=2019-06")) == these(lambda r: r[filed] and r[filed] >= date(2019, 6, 1))
    assert engine.ids(ask("AD=201906")) == these(lambda r: r[filed] and (r[filed].year, r[filed].month) == (2019, 6))
    assert engine.ids(ask("CI=330100")) == these(lambda r: (r["region_code"] or "").startswith("3301"))
    assert engine.ids(ask("CI=unknown")) == these(lambda r: r["region_code"] is None)
    assert engine.ids(ask("LS=有效")) == these(lambda r: r["status"] in ("granted", "partially_invalidated"))
    assert engine.ids(ask("KD=授权")) == these(lambda r: r["grant_date"])
    assert engine.ids(ask("PA==qian  CHAO ltd")) <= engine.ids(ask("PA=Chao"))
    assert engine.ids(ask('PA=="qian  CHAO ltd"')) == these(
        lambda r: any(fold(p["name"]) == "qian chao ltd" for p in r["parties"])
    )
    assert engine.ids(ask("AN=201910000007")) == {"CN201910000007"}


@pytest.mark.feature("S3-05")
@settings(max_examples=40, deadline=None)
@given(query=queries)
def test_every_value_of_every_facet_finds_what_it_counts(engine, query):
    wanted = [FacetRequest(field.facet, 50) for field in FACETS.values()]
    found = engine.search(ask(query), page=PageRequest(), facets=wanted)
    for key, field in FACETS.items():
        values = found.facets[field.facet]
        assert sum(one.count for one in values) >= (found.total if key in ("CC", "LS", "CI") else 0)
        for one in values:
            text = f"{key}=={quoted(str(one.value))}"
            refined = f"({query}) AND {text}" if query else text
            assert engine.count(ask(refined)) == one.count
            assert canonical(parse(canonical(parse(refined)))) == canonical(parse(refined))


@pytest.mark.feature("S3-05")
def test_a_facet_of_names_shows_a_real_spelling(engine):
    counted = engine.search(ask(""), page=PageRequest(), facets=[FacetRequest("applicant_whole", 50)])
    shown = set()
    for one in counted.facets["applicant_whole"]:
        hit = engine.search(ask(f"PA=={quoted(one.value)}"), page=PageRequest(size=1)).hits[0]
        shown.add(spelling(one.value, hit.card))
    assert len(shown) == len({fold(name) for name in NAMES})
    assert shown <= set(NAMES)


@pytest.mark.feature("S3-02")
def test_any_value_behind_a_field_is_found_by_its_whole_value(engine, rows):
    titles = [t["text"] for r in rows for t in r["texts"] if t["part"] == "title" and fold(t["text"]).strip(" ，。-,")]
    for title in titles[:60]:
        whole = " ".join(fold(title).split())
        expected = {
            r["patent_id"]
            for r in rows
            if any(t["part"] == "title" and " ".join(fold(t["text"]).split()) == whole for t in r["texts"])
        }
        assert engine.ids(ask(f"TI=={quoted(title)}")) == expected


def test_orders_are_by_day_with_the_unknown_last(engine, rows):
    known = {row["patent_id"]: row["filing_date"] for row in rows}
    for descending in (True, False):
        sort = Sort(SORTS["AD"].index[0], descending)
        pages = [engine.search(ask(""), page=PageRequest(start, 200), sort=sort).hits for start in (0, 200)]
        days = [known[hit.id] for page in pages for hit in page]
        told = [day for day in days if day]
        assert told == sorted(told, reverse=descending)
        assert days == told + [None] * (400 - len(told))


def test_no_phrase_runs_from_one_title_into_the_next():
    made = load(ADAPTERS[0], schema=INDEX, place=None)
    titles = [{"part": "title", "language": one, "text": text} for one, text in (("en", "wolf"), ("zh", "石墨"))]
    row = {**dict.fromkeys(RECORD_SCHEMA.names), "patent_id": "CN1", "status_as_of": date(2026, 1, 1), "texts": titles}
    with made.writer() as writer:
        writer.put(documents(pa.RecordBatch.from_pylist([row], RECORD_SCHEMA)))
        writer.commit(stamp=1)
    assert made.count(ask('"wolf 石墨"')) == 0
    assert made.count(ask('"wolf | 石墨"')) == 0
    assert made.count(ask("wolf 石墨")) == 1
