"""Everything of ../shared/data/patents in one home: no file without a reader or a reason, every count met or explained.

The counts are those of the folder's own description where it gives one; each difference is explained beside its row.
"""

from __future__ import annotations

import gzip
import random
import re
from collections import Counter, defaultdict
from datetime import date
from typing import NamedTuple

import pytest

from qiantang.corpus.ingest import api as ingest
from qiantang.corpus.ingest import tables
from qiantang.corpus.ingest.types import Terms
from qiantang.corpus.register import api as register
from qiantang.corpus.register.selectors.digest import digest
from qiantang.corpus.register.types import SearchRequest

from .test_register_real import DATA, Living, pytestmark, unsearched  # noqa: F401 - the marks of a real test hold here too

DAY = date(2026, 1, 1)


class Folder(NamedTuple):
    """read = kept + merged + refused; ``files`` counts the files refused as a whole, by reason."""

    read: int
    kept: int
    merged: int
    refused: int
    files: dict[str, int]


EXPECTED = {
    # the description itself
    "SOURCES.md": Folder(0, 0, 0, 0, {"prose_only": 1}),
    # 78 documents; the workbook beside them repeats 29 patents without a number 2,000 times
    "cn-baiten": Folder(2_078, 78, 0, 2_000, {}),
    # 958 and 2,354 texts of a competition, without any number
    "cn-bdci-fewshot": Folder(0, 0, 0, 0, {"prose_only": 1, "texts_without_numbers": 2}),
    # 3 publications, 2 tagged texts, 14 e-filed parts of 4 applications, one of them a second time as its zip
    "cn-cnipa-xml": Folder(20, 19, 1, 0, {"picture_alone": 1, "prose_only": 1}),
    # as described
    "cn-cnipr-export": Folder(113, 113, 0, 0, {}),
    # 9,890 references; 108 stand in two lists of the same search
    "cn-cnki-citations": Folder(9_890, 9_782, 108, 0, {}),
    # as described
    "cn-cnki-claims": Folder(33, 33, 0, 0, {}),
    # as described
    "cn-company-lists": Folder(108, 108, 0, 0, {}),
    # counts by firm and year
    "cn-company-stats": Folder(0, 0, 0, 0, {"statistics_only": 1}),
    # 19 and 19; the thousands of empty rows behind them are no rows
    "cn-cpc-samples": Folder(38, 38, 0, 0, {"prose_only": 1, "symbols_only": 1}),
    # 140 rows; two repeat the header, whose words the description counts among its 123 distinct numbers
    "cn-design-legal-events": Folder(140, 122, 16, 2, {}),
    # 63,266 rows; the author's own reduction is no gazette
    "cn-gazette-2019": Folder(63_266, 61_806, 1_460, 0, {"table_reduced": 1}),
    # 3 entries; the page without a result has no rows and is no error
    "cn-gazette-html": Folder(3, 3, 0, 0, {}),
    # 11,223 lines and 11 of the class kept in its first layout; 122 tell a patent again (11,101 distinct ids)
    "cn-google-abstracts": Folder(11_234, 11_112, 122, 0, {"citation_counts_only": 3}),
    # judgments; their parties are not read at all
    "cn-infringement-cases": Folder(0, 0, 0, 0, {"judgments_only": 2}),
    # as described; the predicted classes are not read
    "cn-ipc-titles": Folder(9_740, 9_740, 0, 0, {"prose_only": 2}),
    # 1,999 rows; one number of another office cannot be read
    "cn-patsnap-export": Folder(1_999, 1_998, 0, 1, {}),
    # reference tables
    "cn-regions": Folder(0, 0, 0, 0, {"places_only": 2, "prose_only": 1}),
    # the gazette PDF and the licence are no data
    "cn-single-docs": Folder(2, 2, 0, 0, {"pdf_unread": 1, "prose_only": 1}),
    # official statistics
    "cn-stats": Folder(0, 0, 0, 0, {"statistics_only": 6}),
    # 200 sentences with their grammar
    "cn-ud-patentchar": Folder(0, 0, 0, 0, {"prose_only": 1, "treebank_no_records": 1}),
    # 51,336 rows in 7 files, 1,140 of them without a readable number, and 1,963 of the selection made from them
    "cn-wanfang-emerging": Folder(53_299, 44_296, 7_863, 1_140, {}),
    # pairs of numbers
    "design-invalidation-pairs": Folder(0, 0, 0, 0, {"number_pairs_only": 1, "prose_only": 2}),
    # patents, designs and the hits of a search; the trade mark is none
    "dpma-xml": Folder(8, 8, 0, 0, {"no_patents": 1, "prose_only": 1}),
    # 1,010 abstracts and 1,010 files of marks, and the licence
    "en-patent-ner": Folder(0, 0, 0, 0, {"annotations_only": 1_010, "prose_only": 1_011}),
    # two documents cut out of their file declare no name space
    "epo-docdb-xml": Folder(13, 11, 0, 2, {"no_patents": 1, "prose_only": 1}),
    # 14 documents, two of them malformed, and one in a zip in a zip
    "epo-fulltext-xml": Folder(15, 13, 0, 2, {"format_unknown": 12, "picture_alone": 17, "prose_only": 1}),
    # 34 answers, of which some tell several patents and some none; 9 rows say of a patent only what answers before them said
    "epo-ops": Folder(71, 62, 9, 0, {"no_patents": 4, "prose_only": 2, "service_fault": 2}),
    # 96 files, and 3 documents of which they say that these cite them
    "google-citation-pages": Folder(99, 99, 0, 0, {}),
    # 4,264, 19 and 360: the 19th row ends without a line end and is not among the 18 which the description counts
    "google-patents-csv": Folder(4_643, 4_642, 1, 0, {"prose_only": 1}),
    # as described
    "google-patents-html": Folder(2, 2, 0, 0, {}),
    # 2,244 documents, 3 of them a second time as examples; the query and its judgements are no records
    "search-relevance-cs3245": Folder(2_247, 2_244, 3, 0, {"numbers_alone": 2, "retrieval_task_no_records": 1}),
    # as described
    "tw-tipo-xml": Folder(2, 2, 0, 0, {}),
    # 384 properties of the recorded transfers, as XML and again as that library's parse of it
    "us-assignments": Folder(768, 384, 384, 0, {"prose_only": 1}),
    # 16 answers, of which some tell many patents; a table of status codes tells none
    "us-odp-json": Folder(156, 70, 81, 5, {"dictionary_no_records": 1, "prose_only": 1}),
    # 321 and 5
    "us-office-actions": Folder(326, 326, 0, 0, {"prose_only": 1}),
    # mentions of inventors and a table dictionary
    "us-patentsview": Folder(0, 0, 0, 0, {"dictionary_no_records": 1, "mentions_no_records": 2}),
    # the weekly file holds 11 grants and the zip a whole file wrapper; a list, a report and an empty licence have no format
    "us-uspto-xml": Folder(53, 50, 2, 1, {"classification_no_records": 2, "format_unknown": 3, "prose_only": 2}),
    # 10,000, 25, 1,000, 804 and 1,606, of which 54 have no readable number; the statistics are no patents
    "wipo-training": Folder(13_435, 13_379, 2, 54, {"prose_only": 1, "statistics_only": 1}),
}


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """The home with everything, and the report of its one import."""
    home = tmp_path_factory.mktemp("everything")
    living = Living(home)
    try:
        # The folder's description takes the four applications filed online for published, by the years of filing.
        with unsearched():
            report = ingest.load_paths([DATA], day=DAY, terms=Terms(published=True))
    finally:
        living.leave()
    return home, report


@pytest.fixture
def everything(walked, settings):
    settings.QIANTANG_HOME = walked[0]
    return walked[1]


def by_folder(report) -> dict[str, Folder]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    files: dict[str, Counter[str]] = defaultdict(Counter)
    for source in report.sources:
        name = source.path.partition("/")[0]
        counts[name].update({part: getattr(source, part) for part in ("read", "kept", "merged", "refused")})
        if source.refusal:
            files[name][source.refusal["code"]] += 1
    return {
        name: Folder(count["read"], count["kept"], count["merged"], count["refused"], dict(files[name]))
        for name, count in counts.items()
    }


@pytest.mark.feature("S3-20")
@pytest.mark.feature("X-29")
def test_every_file_meets_a_reader_or_a_reason(everything):
    assert len(everything.sources) >= sum(1 for path in DATA.rglob("*") if path.is_file())
    for source in everything.sources:
        assert source.read == source.kept + source.merged + source.refused, source.path
        if source.refusal:
            code, facts = source.refusal["code"], source.refusal["facts"] or {}
            assert source.read == 0, source.path
            assert tables.sentence(code, facts) != code, source.path
        else:
            assert source.format, source.path
            assert sum(source.reasons.values()) == source.refused, source.path


@pytest.mark.feature("X-29")
def test_the_counts_of_each_folder_are_met(everything):
    assert by_folder(everything) == EXPECTED


@pytest.mark.feature("X-29")
def test_the_whole_adds_up(everything):
    told = by_folder(everything)
    for part in ("read", "kept", "merged", "refused"):
        assert everything.totals[part] == sum(getattr(folder, part) for folder in told.values())
    assert register.coverage().patents == register.current_snapshot().patents > 0


@pytest.mark.feature("X-29")
def test_the_second_time_nothing_is_new(everything):
    with unsearched():
        again = ingest.load_paths([DATA], day=DAY, terms=Terms(published=True))
    assert (again.snapshot, again.published) == (everything.snapshot, False)
    assert (again.totals["read"], again.totals["kept"]) == (everything.totals["read"], 0)


def printed_numbers(folder: str, files: str, form: str, encoding: str = "utf-8") -> set[str]:
    """Chinese publication serials that stand in the text of some files, found without any reader."""
    texts = (gzip.decompress(path.read_bytes()).decode(encoding, "replace") for path in (DATA / folder).rglob(files))
    return {number for text in texts for number in re.findall(form, text)}


@pytest.mark.feature("S3-20")
def test_what_two_folders_print_is_one_patent_with_both_as_its_sources(everything):
    """No patent stands in the gazette, in Wanfang and at Google at once; all that stand in two of them are met."""
    gazette = printed_numbers("cn-gazette-2019", "2019-*.gz", r"CN(\d{9})[A-Z]", "gb18030")
    google = printed_numbers("cn-google-abstracts", "*.gz", r"id-CN(\d{9})[A-Z]")
    google |= printed_numbers("google-patents-csv", "*.gz", r"CN-(\d{9})-[A-Z]")
    both = gazette & google
    assert len(both) == 20
    folders = {source.digest: source.path.partition("/")[0] for source in everything.sources}
    for number in both:
        named = {folders[one.source] for one in register.get(f"CN{number}").sources}
        assert "cn-gazette-2019" in named, number
        assert named & {"cn-google-abstracts", "google-patents-csv"}, number
    for number in ("CN105897085", "CN106454164"):
        named = {folders[one.source] for one in register.get(number).sources}
        assert named == {"cn-gazette-2019", "cn-wanfang-emerging"}, number


SMALL = (
    *("cn-cnipa-xml", "cn-baiten", "cn-company-lists", "cn-design-legal-events", "cn-gazette-html", "dpma-xml"),
    *("epo-docdb-xml", "epo-fulltext-xml", "epo-ops", "google-citation-pages", "google-patents-html", "tw-tipo-xml"),
    *("us-assignments", "us-odp-json", "us-office-actions", "us-uspto-xml"),
)


@pytest.mark.feature("S3-20")
def test_formats_of_all_offices_give_one_register_in_any_order(tmp_path, settings):
    """Every format but the large tables, in one load by name and in three by chance."""
    shuffled = random.Random(11).sample(SMALL, len(SMALL))
    digests = []
    for name, parts in (("one", [sorted(SMALL)]), ("three", [shuffled[:5], shuffled[5:11], shuffled[11:]])):
        settings.QIANTANG_HOME = tmp_path / name
        for part in parts:
            ingest.load_paths([DATA / folder for folder in part], day=DAY, terms=Terms(published=True))
        digests.append(digest())
        found = register.search(SearchRequest(query="", size=1))  # whatever the format, it can be searched
        assert found.total == register.current_snapshot().patents
        assert not found.stale
    assert register.current_snapshot().number == 3
    assert digests[0] == digests[1]
