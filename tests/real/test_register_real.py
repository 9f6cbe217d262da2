"""The register over the real files of ../shared/data: imported once, then looked at from all sides."""

from __future__ import annotations

import csv
import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from qiantang.commons.metrics import api as metrics
from qiantang.commons.metrics.types import Boundaries, Dimension, Question
from qiantang.corpus.ingest import api as ingest
from qiantang.corpus.ingest.methods.readers import recognise
from qiantang.corpus.ingest.methods.streams import read_head, sources
from qiantang.corpus.places.api import resolve
from qiantang.corpus.register import api as register
from qiantang.corpus.register.methods.query_language import FACETS, quoted
from qiantang.corpus.register.selectors import records, view
from qiantang.corpus.register.selectors.digest import digest
from qiantang.corpus.register.types import Part, SearchRequest
from qiantang.kernel.text import fold

DATA = Path(os.environ.get("QIANTANG_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data")) / "patents"
GAZETTE = DATA / "cn-gazette-2019"
DAY = date(2026, 1, 1)
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real files is not here"),
]


class Living:
    """Runs with a home in force; the settings are put back by ``leave``."""

    def __init__(self, home: Path) -> None:
        self.before, django_settings.QIANTANG_HOME = django_settings.QIANTANG_HOME, home

    def leave(self) -> None:
        django_settings.QIANTANG_HOME = self.before


@contextmanager
def unsearched() -> Iterator[None]:
    """Loads whose register is looked at and never searched leave out the index, which takes as long as all else they do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(register.intake, "advance_index", lambda *_: None)
        yield


@pytest.fixture(scope="session")
def loaded(tmp_path_factory):
    """The home with the gazettes, and the report of their import."""
    home = tmp_path_factory.mktemp("gazettes")
    living = Living(home)
    try:
        report = ingest.load_paths([GAZETTE], day=DAY)
    finally:
        living.leave()
    return home, report


@pytest.fixture
def gazettes(loaded, settings):
    settings.QIANTANG_HOME = loaded[0]
    return loaded[1]


@pytest.fixture(scope="session")
def said(loaded):
    """The digest of the register after its first import."""
    living = Living(loaded[0])
    try:
        return digest()
    finally:
        living.leave()


@pytest.fixture(scope="session")
def titles(loaded):
    """Every title of the register, folded as the index folds it, by patent id: the ground truth of full text."""
    living = Living(loaded[0])
    try:
        _, opened = register.register().current()
        found = {}
        for batch in opened.scan("records", ["patent_id", "texts"]):
            for row in batch.to_pylist():
                found[row["patent_id"]] = [fold(text["text"]) for text in row["texts"] if text["part"] == Part.TITLE]
    finally:
        living.leave()
    return found


def total(query: str) -> int:
    return register.search(SearchRequest(query=query, size=1)).total


# --- import ----------------------------------------------------------------------------------------------------------


@pytest.mark.feature("X-29")
@pytest.mark.feature("S3-20")
def test_the_six_tables_are_read_row_by_row(gazettes):
    tables = [source for source in gazettes.sources if source.refusal is None]
    assert len(tables) == 6
    assert gazettes.totals == {"read": 63_266, "kept": 61_806, "merged": 1_460, "refused": 0}
    assert all(s.read == s.kept + s.merged + s.refused for s in gazettes.sources)
    assert {s.format for s in tables} == {"cnipa-gazette-table"}
    assert (gazettes.snapshot, gazettes.published) == (1, True)


@pytest.mark.feature("X-29")
def test_the_reduction_made_for_statistics_is_refused_as_a_file(gazettes):
    refused = {source.path: source.refusal["code"] for source in gazettes.sources if source.refusal}
    assert refused["derived_province_2019-07-12_invention_published.csv.gz"] == "table_reduced"
    assert set(refused) == {s.path for s in gazettes.sources if not s.read}


@pytest.mark.feature("S3-16")
def test_coverage_agrees_with_the_report_and_the_search(gazettes):
    told = register.coverage()
    assert told.patents == total("") == sum(cell.patents for cell in told.cells)
    assert sum(source.kept for source in told.sources) == 61_806
    by_type = Counter()
    for cell in told.cells:
        by_type[cell.type] += cell.patents
    for name, patents in by_type.items():
        assert total(f"TY=={name}") == patents


@pytest.mark.feature("S3-20")
def test_the_second_import_adds_nothing(gazettes, said):
    again = ingest.load_paths([GAZETTE], day=DAY)
    assert (again.snapshot, again.published) == (1, False)
    assert again.totals == {"read": 63_266, "kept": 0, "merged": 63_266, "refused": 0}
    assert digest() == said
    assert len(register.snapshots()) == 1


@pytest.mark.feature("S3-20")
def test_another_order_of_the_files_gives_the_same_register(said, tmp_path, settings):
    files = sorted(GAZETTE.glob("2019-*.csv.gz"))
    assert len(files) == 6
    random.Random(20190712).shuffle(files)
    settings.QIANTANG_HOME = tmp_path
    with unsearched():
        for part in (files[:4], files[4:]):
            ingest.load_paths(part, day=DAY)
    assert register.current_snapshot().number == 2
    assert digest() == said


# --- search ----------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-04")
def test_contains_and_is_are_two_things(gazettes):
    assert total("申请人=浙江大学") == 110
    assert total("申请人==浙江大学") == 78


def draws(titles: dict[str, list[str]], count: int) -> list[str]:
    """Substrings of one to eight Chinese characters, drawn from the titles."""
    chance = random.Random(62)
    texts = [text for held in titles.values() for text in held]
    found: list[str] = []
    while len(found) < count:
        text, length = chance.choice(texts), len(found) % 8 + 1
        if len(text) >= length:
            place = chance.randrange(len(text) - length + 1)
            part = text[place : place + length]
            if all("\u4e00" <= sign <= "\u9fff" for sign in part):
                found.append(part)
    return found


@pytest.mark.feature("S3-03")
def test_two_hundred_random_substrings_are_found_wherever_they_stand(gazettes, titles):
    for part in draws(titles, 200):
        truth = sum(any(part in text for text in held) for held in titles.values())
        assert truth > 0
        assert total(f'TI="{part}"') == truth, part


def queries(titles: dict[str, list[str]]) -> list[str]:
    """Fifty queries of several shapes, words drawn from the titles."""
    chance, words = random.Random(50), draws(titles, 200)
    shapes = (
        lambda: chance.choice(words),
        lambda: f"{chance.choice(words)} OR {chance.choice(words)}",
        lambda: f"TI={chance.choice(words)} AND TY=={chance.choice(('invention', 'utility_model', 'design'))}",
        lambda: f"IC={chance.choice(('A61', 'B60', 'G06F', 'H01M', 'H04', 'F16'))} NOT {chance.choice(words)}",
        lambda: f"PA={chance.choice(('大学', '公司', '研究院', '厂', '医院'))} AND AD=[2016 TO 2018]",
    )
    return [shapes[place % len(shapes)]() for place in range(50)]


@pytest.mark.feature("S3-05")
def test_facet_counts_of_fifty_random_queries_are_the_refined_totals(gazettes, titles):
    compared = 0
    for query in queries(titles):
        told = register.search(SearchRequest(query=query, facets=tuple(FACETS), facet_size=5, size=1))
        for key, values in told.facets.items():
            for value in values:
                assert total(f"({query}) AND {key}=={quoted(value.value)}") == value.count, (query, key, value)
                compared += 1
    assert compared > 500


# --- records ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["CN104021203B", "CN209077376U"])
def test_publications_whose_rows_disagree_say_so(gazettes, number):
    record = register.get(number)
    assert record.disputed
    told = records.disagreements_on(record)
    assert {one.field for one in told} == set(record.disputed)
    for name in record.disputed:
        voices = [one for one in told if one.field == name]
        assert [one.held for one in voices].count(True) == 1
        assert len({one.value for one in voices}) == len(voices) > 1


@pytest.mark.feature("S3-01")
def test_every_publication_is_found_by_its_own_number(gazettes, titles):
    chance = random.Random(7)
    ids = chance.sample(sorted(titles), 200)
    for patent_id, record in register.get_many(ids).items():
        for one in record.publications:
            assert register.get(f"{one.number}{one.kind}").patent_id == patent_id
            assert register.get(one.number).patent_id == patent_id


# --- full documents --------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-20")
def test_three_documents_of_full_text_join_with_nothing_wrong(gazettes, tmp_path, settings):
    """Into a register of the gazette in which they were published: none of them meets a patent that is not its own."""
    settings.QIANTANG_HOME = tmp_path
    published = GAZETTE / "2019-07-12_invention_published.csv.gz"
    before = ingest.load_paths([published], day=DAY)
    patents = register.current_snapshot().patents
    report = ingest.load_paths([DATA / "cn-cnipa-xml" / "publication"], day=DAY)
    assert report.totals == {"read": 3, "kept": 3, "merged": 0, "refused": 0}
    assert before.snapshot == report.snapshot - 1
    for number, application in (
        ("CN85100312", "CN85100312"),
        ("CN102025678", "CN200910190429"),
        ("CN110083831", "CN201910302430"),
    ):
        record = register.get(number)
        assert record.patent_id == application
        assert record.disputed == ()
        assert record.text(Part.CLAIMS)
        assert {source.reader for source in record.sources} == {"cnipa-publication-xml"}
    assert register.current_snapshot().patents == patents + 3


def test_the_opened_register_is_the_one_of_the_home(gazettes, loaded):
    assert view.register().place.home == loaded[0]


# --- what monitoring counts of them ------------------------------------------------------------------------------------


def granted_by_district() -> Counter[str | None]:
    """Grants of 2019 in the city, counted from the gazette's rows by their first address, without the register."""
    found: dict[str, str | None] = {}
    for source in sources(GAZETTE):
        if "derived" in source.name:
            continue
        head, stream = read_head(source.open())
        with stream:
            for batch in recognise(head, source.name).read(stream, source.name):
                for row in batch.observations.select(["parties", "publications"]).to_pylist():
                    printed, party = row["publications"][0], row["parties"][0]
                    if printed["kind"] in {"B", "C", "S", "U", "Y"} and printed["date"].year == 2019:
                        place = resolve(party["address"], party["postcode"], party["country"], printed["date"])
                        if place.city == "330100":
                            found[printed["number"]] = place.district
    return Counter(found.values())


@pytest.mark.feature("S2-01")
def test_districts_of_the_gazette_weeks_are_those_of_its_rows_and_add_up_to_the_city(gazettes):
    asked = {"metric": "GR-01", "region": "330100", "first": 2019, "last": 2019, "by": (Dimension.DISTRICT,)}
    then, today = (metrics.measure(Question(boundaries=one, **asked)) for one in (Boundaries.THEN, Boundaries.TODAY))
    assert {point.key[0]: point.value for point in then.series if point.value} == granted_by_district()
    for told in (then, today):
        assert sum(point.value for point in told.series) == told.value == 1_010
    assert {"330103", "330104"} <= {point.key[0] for point in then.series}  # abolished in April 2021
    assert not {"330103", "330104"} & {point.key[0] for point in today.series}


@pytest.mark.django_db
@pytest.mark.feature("S2-20")
def test_the_published_table_of_2023_is_ours_cell_by_cell_and_what_is_not_loaded_is_said(gazettes):
    with (DATA.parent / "reference/stats/hangzhou_district_grants_2023.csv").open(encoding="utf-8-sig") as table:
        printed = {row["adcode"]: row for row in csv.DictReader(table)}
    cells = metrics.reconciling.reconciled("hangzhou-grants-2023")
    assert {(one.region, one.series.removeprefix("grants_")): one.stated for one in cells} == {
        (code, kind): int(row[kind])
        for code, row in printed.items()
        for kind in ("invention", "utility_model", "design", "total")
    }
    assert {one.rule for one in cells} == {"not_loaded"}
