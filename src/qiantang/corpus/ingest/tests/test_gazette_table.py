"""The gazette tables: every quirk read right, every swap of columns seen."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest

from qiantang.corpus.ingest.methods.readers import READERS, recognise
from qiantang.corpus.ingest.tests.readings import COLUMNS, application, read, row, rows, table
from qiantang.corpus.ingest.types import FileRefused

pytestmark = pytest.mark.feature("S3-20")


def changed(n: int, **cells: str) -> list[str]:
    fields = row(n)
    for column, value in cells.items():
        fields[COLUMNS.index(column.replace("_Cl", "Int.Cl."))] = value
    return fields


def test_a_row_says_what_the_gazette_printed():
    (said,), refused = read(table([row(1)]))
    assert refused == []
    assert said["row"] == 2
    assert said["as_of"] == date(2019, 7, 12)
    assert said["office"] == "CN"
    assert said["type"] == "invention"
    number = application(9_990_001)
    assert said["application_number"] == f"CN{number[:12]}.{number[12]}"
    assert said["filing_date"] == date(2018, 2, 2)
    assert said["publications"] == [{"number": "CN199990001", "kind": "A", "date": date(2019, 7, 12)}]
    assert said["keys"] == [f"a:CN{number[:12]}", "p:CN199990001"]
    assert [(c["scheme"], c["symbol"], c["first"]) for c in said["classifications"]] == [
        ("ipc", "G06F2/00", True),
        ("ipc", "H04L2/12", False),
    ]
    assert [(p["role"], p["position"], p["name"]) for p in said["parties"]] == [
        ("applicant", 1, "虚构理工大学"),
        ("inventor", 1, "李试甲"),
        ("inventor", 2, "陈虚"),
    ]
    assert said["parties"][0]["postcode"] == "310001"
    assert said["parties"][0]["address"] == "浙江省杭州市虚构区样例路1号"
    assert said["texts"][0]["text"] == "一种用于第1号试验的装置及其方法"
    assert said["notes"] == []


def test_a_foreign_address_has_no_postcode():
    (said,), _ = read(table([row(4)]))
    assert said["parties"][0]["postcode"] is None
    assert said["parties"][0]["address"] == "美国加利福尼亚州"


@pytest.mark.parametrize("damaged", ["2.02E+12", "2.0193E+12", "2.01831E+12"])
def test_an_application_number_made_a_float_is_unknown_and_noted(damaged: str):
    (said,), refused = read(table([changed(1, filing_id=damaged)]))
    assert refused == []
    assert said["application_number"] is None
    assert said["notes"] == ["application_number_damaged"]
    assert said["keys"] == ["p:CN199990001"]


def test_a_wrong_check_digit_refuses_the_row_and_names_both():
    right = application(9_990_001)
    wrong = right[:12] + ("0" if right[12] != "0" else "1")
    observed, (refusal,) = read(table([changed(1, filing_id=wrong), row(2)]))
    assert len(observed) == 1
    assert (refusal.row, refusal.code, refusal.column) == (2, "check_digit_wrong", "filing_id")
    assert refusal.facts["given"] == wrong[12]
    assert refusal.facts["expected"] == right[12]


@pytest.mark.parametrize("column", ["authorized_announcement_date", "filing_date"])
def test_an_impossible_date_refuses_the_row_with_column_and_value(column: str):
    _, (refusal,) = read(table([*rows(9), changed(10, **{column: "2019.13.45"})]))
    assert (refusal.row, refusal.code, refusal.column) == (11, "date_impossible", column)
    assert refusal.facts == {"value": "2019.13.45"}
    assert "2019.13.45" in refusal.raw


def test_a_filing_after_the_announcement_refuses_the_row():
    _, (refusal,) = read(table([*rows(9), changed(10, filing_date="2019.07.13")]))
    assert (refusal.code, refusal.column) == ("dates_out_of_order", "filing_date")


def test_a_publication_number_is_the_key_and_must_be_one():
    _, (refusal,) = read(table([*rows(9), changed(10, authorization_notice_id="12")]))
    assert (refusal.row, refusal.column) == (11, "authorization_notice_id")
    assert refusal.code == "number_unrecognised"


def test_a_design_has_a_locarno_class_with_its_edition():
    design = changed(1, authorization_notice_id="CN399990001S", filing_id=application(9_990_001, "3"))
    design[-1] = "06-04 (11);??06-05 (11)  "
    (said,), _ = read(table([design]))
    assert said["type"] == "design"
    assert [(c["scheme"], c["symbol"], c["edition"]) for c in said["classifications"]] == [
        ("locarno", "06-04", "11"),
        ("locarno", "06-05", "11"),
    ]


def test_an_unreadable_symbol_is_left_out_and_noted():
    fields = row(1)
    fields[-1] = "G06F17/00(2006.01)I;??残缺"
    (said,), _ = read(table([fields]))
    assert [c["symbol"] for c in said["classifications"]] == ["G06F17/00"]
    assert said["notes"] == ["classification_damaged"]


@pytest.mark.parametrize("between", [";", ";\u2002", ";??", "; ", ";\u3000"])
@pytest.mark.parametrize("end", ["", ";", ";??", "; "])
def test_names_and_symbols_are_parted_whatever_stands_between_them_and_at_the_end(between: str, end: str):
    fields = changed(1, patentee=f"甲样本公司{between}乙样本公司{end}", designer=f"王测{between}李试甲{end}")
    fields[-1] = f"G06F17/00(2006.01)I{between}H04L12/00(2006.01)I{end}"
    (said,), refused = read(table([fields]))
    assert (refused, said["notes"]) == ([], [])
    assert [p["name"] for p in said["parties"]] == ["甲样本公司", "乙样本公司", "王测", "李试甲"]
    assert [c["symbol"] for c in said["classifications"]] == ["G06F17/00", "H04L12/00"]


def test_words_in_place_of_an_inventor_are_no_inventor():
    (said,), _ = read(table([changed(1, designer="王测;??其他发明人请求不公开姓名")]))
    assert [p["name"] for p in said["parties"] if p["role"] == "inventor"] == ["王测"]
    assert said["notes"] == ["inventor_withheld"]


@pytest.mark.parametrize("count", [5, 30, 240])
@pytest.mark.parametrize(("one", "other"), list(combinations(range(len(COLUMNS)), 2)))
def test_two_swapped_columns_are_never_loaded_as_they_stand(one: int, other: int, count: int):
    swapped = []
    for fields in rows(count):
        fields[one], fields[other] = fields[other], fields[one]
        swapped.append(fields)
    observed, refused = read(table(swapped))
    straight, _ = read(table(rows(count)))
    assert refused == []
    assert all(said.pop("notes") == ["columns_put_right"] for said in observed)
    assert [said.pop("notes") for said in straight] == [[]] * count
    assert observed == straight


def test_columns_in_another_order_under_their_own_headers_are_fine():
    order = [9, 2, 0, 6, 5, 4, 3, 1, 8, 7]
    observed, _ = read(table([[fields[i] for i in order] for fields in rows(30)], [COLUMNS[i] for i in order]))
    straight, _ = read(table(rows(30)))
    assert observed == straight


def test_three_columns_out_of_place_are_put_right_too():
    moved = [[f[0], f[8], f[2], f[3], f[4], f[5], f[1], f[7], f[6], f[9]] for f in rows(30)]
    observed, refused = read(table(moved))
    assert refused == []
    assert {tuple(said["notes"]) for said in observed} == {("columns_put_right",)}
    assert observed[0]["texts"][0]["text"] == row(1)[1]


def test_columns_which_fit_no_header_refuse_the_file_by_name():
    broken = [[*fields[:3], "第七期", *fields[4:]] for fields in rows(30)]
    with pytest.raises(FileRefused) as told:
        read(table(broken))
    assert told.value.refusal.code == "columns_disagree"
    assert told.value.refusal.facts == {"columns": ["authorized_announcement_date"], "ways": 0}


def test_swapped_dates_show_as_filings_after_their_announcement():
    fields = rows(30)
    for one in fields:
        one[3], one[5] = one[5], one[3]
    observed, _ = read(table(fields))
    assert observed[0]["as_of"] == date(2019, 7, 12)
    assert observed[0]["notes"] == ["columns_put_right"]


def test_a_table_of_classes_instead_of_values_is_refused():
    reduced = [[f"CN19999{n:04d}A", "2017-09", ("公司", "个人")[n % 2], "广东省", "G"] for n in range(1, 40)]
    content = table(reduced, ["authorization_notice_id", "filing_date", "patentee", "address", "IPC"])
    with pytest.raises(FileRefused) as told:
        read(content)
    assert told.value.refusal.code == "table_reduced"
    assert told.value.refusal.facts["columns"] == {
        "filing_date": ["2017-09"],
        "patentee": ["个人", "公司"],
        "address": ["广东省"],
        "IPC": ["G"],
    }


def test_a_missing_column_refuses_the_file():
    short = [fields[:-1] for fields in rows(5)]
    with pytest.raises(FileRefused) as told:
        read(table(short, COLUMNS[:-1]))
    assert told.value.refusal.code == "columns_missing"
    assert told.value.refusal.facts["missing"] == ["Int.Cl."]


def test_a_batch_is_full_after_4096_rows():
    reader = READERS["cnipa-gazette-table"]
    import io

    sizes = [batch.observations.num_rows for batch in reader.read(io.BytesIO(table(rows(5000))), "t.csv")]
    assert sizes == [4096, 904]


def test_an_unknown_format_is_told_what_was_looked_for():
    with pytest.raises(FileRefused) as told:
        recognise(b"just some words", "words.txt")
    assert told.value.refusal.row == 0
    assert told.value.refusal.code == "format_unknown"
    assert len(told.value.refusal.facts["looked_for"]) == len(READERS)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_every_encoding_of_the_house_reads_the_same(encoding: str):
    assert read(table(rows(30), encoding=encoding)) == read(table(rows(30)))
