"""Everything of ../shared/data/patents in one home: no file without a reader or a reason, every count met or explained.

The counts are those of the folder's own description where it gives one; each difference is explained beside its row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import NamedTuple

import pytest

from qiantang.corpus.ingest import api as ingest
from qiantang.corpus.ingest import tables
from qiantang.corpus.register import api as register

from .test_register_real import DATA, Living, pytestmark  # noqa: F401 - the marks of a real test hold here too

DAY = date(2026, 1, 1)


class Folder(NamedTuple):
    """read = kept + merged + refused; ``files`` counts the files refused as a whole, by reason."""

    read: int
    kept: int
    merged: int
    refused: int
    files: dict[str, int]


EXPECTED = {
    # 78 documents; the workbook beside them repeats 29 patents without a number 2,000 times
    "cn-baiten": Folder(2_078, 78, 0, 2_000, {}),
    # 9,890 references; 108 stand in two lists of the same search
    "cn-cnki-citations": Folder(9_890, 9_782, 108, 0, {}),
    # 3 entries; the page without a result has no rows and is no error
    "cn-gazette-html": Folder(3, 3, 0, 0, {}),
    # 11,223 lines and 11 of the class kept in its first layout; 122 repeat a patent with nothing new (11,101 distinct ids)
    "cn-google-abstracts": Folder(11_234, 11_112, 122, 0, {"citation_counts_only": 3}),
    # the gazette PDF and the licence are no data
    "cn-single-docs": Folder(2, 2, 0, 0, {"pdf_unread": 1, "prose_only": 1}),
    "cn-ud-patentchar": Folder(0, 0, 0, 0, {"treebank_no_records": 1, "prose_only": 1}),
    # 96 files, and 3 documents of which they say that these cite them
    "google-citation-pages": Folder(99, 99, 0, 0, {}),
    "google-patents-html": Folder(2, 2, 0, 0, {}),
}


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """The home with everything, and the report of its one import."""
    home = tmp_path_factory.mktemp("everything")
    living = Living(home)
    try:
        report = ingest.load_paths([DATA], day=DAY)
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
    told = by_folder(everything)
    assert {name: told[name] for name in EXPECTED} == EXPECTED


@pytest.mark.feature("X-29")
def test_the_whole_adds_up(everything):
    told = by_folder(everything)
    for part in ("read", "kept", "merged", "refused"):
        assert everything.totals[part] == sum(getattr(folder, part) for folder in told.values())
    assert register.coverage().patents == register.current_snapshot().patents > 0
