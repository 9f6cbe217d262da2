"""What docs/explanation/query-language.md says of the language is so: each example, each field, each refusal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qiantang.corpus.register.methods.query_language import QUERY_FIELDS, canonical, parse
from qiantang.kernel.errors import Invalid

pytestmark = pytest.mark.feature("S3-02")
DOCUMENT = Path(__file__).parents[5] / "docs" / "explanation" / "query-language.md"


def tables() -> dict[str, list[list[str]]]:
    """The rows of each table by the last cell of its head, code without its marks."""
    found: dict[str, list[list[str]]] = {}
    head = ""
    for line in DOCUMENT.read_text("utf-8").splitlines():
        cells = [one.strip().replace(r"\|", "|") for one in re.split(r"(?<!\\)\|", line)[1:-1]]
        if not cells:
            head = ""
        elif not head:
            head = cells[-1]
        elif set(cells[0]) != {"-"}:
            found.setdefault(head, []).append(cells)
    return found


def code(cell: str) -> str:
    return cell.removeprefix("`").removesuffix("`")


@pytest.mark.parametrize(("typed", "understood"), tables()["as understood"])
def test_what_is_typed_is_understood_so(typed, understood):
    assert canonical(parse(code(typed))) == code(understood)
    assert canonical(parse(code(understood))) == code(understood)


@pytest.mark.parametrize(("typed", "_wrong", "repair"), tables()["repair"])
def test_what_is_wrong_is_mended_so(typed, _wrong, repair):
    with pytest.raises(Invalid) as refusal:
        parse(code(typed))
    assert refusal.value.facts["repair"] == code(repair)


def test_other_spellings_of_nearness_mean_the_same():
    for row, name, others in (("电池 NEAR5 冷却", "NEAR5", "NEAR/5 <NEAR5> 5D W/5"), ("电池 ADJ5 冷却", "ADJ5", "ADJ/5 <ADJ5> 5W PRE/5")):  # fmt: skip
        (told,) = (cells[1] for cells in tables()["means"] if code(cells[0]) == row)
        for other in others.split():
            assert f"`{other}`" in told
            assert parse(row.replace(name, other)) == parse(row)


def test_every_field_stands_in_the_table_and_nothing_else():
    told = [key for cells in tables()["keys"] for key in re.findall(r"`(\w+)`", cells[1])]
    assert sorted(told) == sorted(one.key for one in QUERY_FIELDS)


def test_the_examples_between_the_lines_are_queries():
    text = DOCUMENT.read_text("utf-8")
    for query in (
        "IC=G06F16/00",
        "IC=G06F16/3*",
        "AN=ZL 2017 1 0601862.3",
        "PN=(CN110083831A; US10000001B2)",
        "PN=CN2019*",
    ):
        assert f"`{query}`" in text
        parse(query)
    assert canonical(parse("IC=G06F16/00/low")) == "IC=G06F16"
    with pytest.raises(Invalid):
        parse("IC=G06F16/35/low")
