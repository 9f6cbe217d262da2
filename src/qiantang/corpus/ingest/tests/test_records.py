"""Delimited text: damage costs the row it stands in, and nothing is held in memory that need not be."""

from __future__ import annotations

import csv
import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.ingest.methods.lines import LINE_BYTES, detect
from qiantang.corpus.ingest.methods.readers import READERS
from qiantang.corpus.ingest.methods.records import Record, RecordStream
from qiantang.corpus.ingest.tests.readings import read, row, rows, table
from qiantang.corpus.ingest.types import FileRefused, Refusal

pytestmark = pytest.mark.feature("X-29")


def records(content: bytes, **options) -> tuple[list[Record], list[Refusal]]:
    found = list(RecordStream(io.BytesIO(content), **options))
    return [r for r in found if isinstance(r, Record)], [r for r in found if isinstance(r, Refusal)]


def test_rows_are_numbered_by_lines_and_empty_lines_are_none():
    whole, refused = records(b"a,b\r\n1,2\r\n\r\n3,4")
    assert whole == [Record(2, ["1", "2"]), Record(4, ["3", "4"])]
    assert refused == []


def test_quoted_fields_hold_commas_quotes_and_line_feeds():
    whole, refused = records(b'a,b\n"1,x","he said ""yes"""\n"two\nlines",4\n5,6\n')
    assert whole == [Record(2, ["1,x", 'he said "yes"']), Record(3, ["two\nlines", "4"]), Record(5, ["5", "6"])]
    assert refused == []


def test_a_quote_inside_a_field_is_a_character():
    assert records('a,b\n屏 5" 宽,x\n1,2\n'.encode())[0] == [Record(2, ['屏 5" 宽', "x"]), Record(3, ["1", "2"])]


def test_a_quote_that_never_closes_costs_one_row():
    whole, refused = records(b'a,b\n1,2\n"3,4\n5,6\n7,8\n')
    assert [r.row for r in whole] == [2, 4, 5]
    assert [(r.row, r.code) for r in refused] == [(3, "quote_unclosed")]


def test_two_stray_quotes_do_not_swallow_the_rows_between():
    whole, refused = records(b'a,b\n"1,2\n3,4\n5,6\n"7,8\n9,9\n')
    assert [r.row for r in whole] == [3, 4, 6]
    assert [(r.row, r.code) for r in refused] == [(2, "quote_unclosed"), (5, "quote_unclosed")]


def test_a_truncated_last_row_is_refused_with_both_widths():
    content = table(rows(30))
    whole, refused = records(content[:-60])
    assert len(whole) == 29
    assert [(r.row, r.code, r.facts["expected"]) for r in refused] == [(31, "row_truncated", 10)]
    assert refused[0].facts["given"] < 10


def test_a_row_with_too_many_fields_is_refused():
    assert [r.code for r in records(b"a,b\n1,2,3\n")[1]] == ["row_too_wide"]


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\0\r\x85\u2028\u2029")), min_size=2, max_size=2
        ),
        min_size=1,
        max_size=8,
    )
)
def test_whatever_a_csv_writer_quotes_is_read_back(cells: list[list[str]]):
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([["a", "b"], *cells])
    whole, refused = records(out.getvalue().encode(), encoding="utf-8")
    assert refused == []
    assert [r.fields for r in whole] == cells


# --- encodings -------------------------------------------------------------------------------------------------------


def test_one_damaged_row_is_refused_and_the_others_are_read():
    lines = table(rows(30)).split(b"\n")
    lines[7] = lines[7].replace("装置".encode("gb18030"), b"\xff\xff")
    observed, (refusal,) = read(b"\n".join(lines))
    assert len(observed) == 29
    assert (refusal.row, refusal.code) == (8, "encoding_damaged")
    assert refusal.facts["byte"] > 0
    assert "\ufffd" in refusal.raw


def test_a_file_of_which_most_rows_are_damaged_is_refused():
    lines = table(rows(30)).split(b"\n")
    broken = [lines[0], *(line.replace("装置".encode("gb18030"), b"\xff\xff") for line in lines[1:])]
    with pytest.raises(FileRefused) as told:
        read(b"\n".join(broken))
    assert told.value.refusal.code == "encoding_unknown"
    assert told.value.refusal.facts["looked_for"] == ["UTF-8", "GB18030"]


def test_damage_that_begins_behind_the_head_is_seen_as_well():
    lines = table(rows(2000)).split(b"\n")
    broken = lines[:800] + [line.replace("装置".encode("gb18030"), b"\xff\xff") for line in lines[800:]]
    with pytest.raises(FileRefused) as told:
        read(b"\n".join(broken))
    assert told.value.refusal.facts["damaged"] > 500


@pytest.mark.parametrize(
    "content",
    [
        "專利名稱,申請人\n一種圖標整理方法及裝置,臺灣積體電路製造股份有限公司\n".encode("big5"),
        "発明の名称\n特許庁の発明の名称画像処理装置\n".encode("shift_jis"),
        "Titel\nVorrichtung für größere Änderungen der Übertragung über Straßen\n".encode("latin-1"),
        "名称\n装置\n".encode("utf-16"),
    ],
    ids=["big5", "shift_jis", "latin-1", "utf-16"],
)
def test_other_encodings_are_refused_and_not_read_as_rare_characters(content: bytes):
    with pytest.raises(FileRefused) as told:
        detect(content)
    assert told.value.refusal.code == "encoding_unknown"


def test_the_first_line_beyond_ascii_decides_where_the_head_told_nothing():
    ascii_part = b"a,b\n" + b"1,2\n" * 20_000
    whole, refused = records(ascii_part + "装置,方法\n".encode("gb18030"))
    assert refused == []
    assert whole[-1].fields == ["装置", "方法"]


# --- one huge line ------------------------------------------------------------------------------------------------------


class Flood(io.RawIOBase):
    """A table with one line of 64 MiB in the middle, made while it is read."""

    def __init__(self) -> None:
        self._parts = iter([*self._begin(), *[b"x" * 65_536] * 1024, b"\n", table([row(4)]).split(b"\n")[1] + b"\n"])
        self._left = b""

    def _begin(self) -> list[bytes]:
        return [table(rows(3))]

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        self._left = self._left or next(self._parts, b"")
        count = min(len(buffer), len(self._left))
        buffer[:count], self._left = self._left[:count], self._left[count:]
        return count


def test_one_huge_line_is_refused_without_being_held_and_reading_goes_on():
    tracemalloc.start()
    batches = list(READERS["cnipa-gazette-table"].read(io.BufferedReader(Flood()), "flood.csv"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    (refusal,) = [r for batch in batches for r in batch.refused]
    assert sum(batch.observations.num_rows for batch in batches) == 4
    assert (refusal.row, refusal.code) == (5, "line_too_long")
    assert refusal.facts == {"bytes": 64 * 2**20 + 1, "limit": LINE_BYTES}
    assert len(refusal.raw) == 4096
    assert peak < 20 * 2**20


def test_a_file_without_a_header_is_refused():
    with pytest.raises(FileRefused) as told:
        RecordStream(io.BytesIO(b""))
    assert told.value.refusal.code == "header_missing"
