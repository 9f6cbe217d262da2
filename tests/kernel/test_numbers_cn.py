"""Chinese numbers: the check character, the periods, the spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.kernel.errors import Invalid
from qiantang.kernel.numbers import CheckDigit, NumberRole, candidates, cn_check_character, cn_kind_stage, parse

pytestmark = pytest.mark.feature("S3-01")

WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)

# Body, weighted sum, remainder, full number: the worked table of the domain notes (ZC 0006).
WORKED = [
    ("201710601862", 157, 3, "201710601862.3"),
    ("202110413456", 132, 0, "202110413456.0"),
    ("202120413456", 138, 6, "202120413456.6"),
    ("202130413456", 144, 1, "202130413456.1"),
    ("202080012345", 123, 2, "202080012345.2"),
    ("202090001234", 106, 7, "202090001234.7"),
    ("200310100002", 43, 10, "200310100002.X"),
    ("202110000004", 43, 10, "202110000004.X"),
    ("97101765", 191, 4, "97101765.4"),
    ("95115608", 186, 10, "95115608.X"),
]


@pytest.mark.parametrize(("body", "total", "remainder", "full"), WORKED)
def test_the_worked_check_characters(body: str, total: int, remainder: int, full: str) -> None:
    assert sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=False)) == total
    assert total % 11 == remainder
    assert f"{body}.{cn_check_character(body)}" == full
    number = parse(full)
    assert number.check_digit == CheckDigit(full[-1], full[-1], valid=True)
    assert number.canonical == f"CN{full}"
    assert parse(body).canonical == f"CN{full}"


def test_the_sum_step_by_step() -> None:
    steps = [4, 0, 4, 35, 6, 0, 48, 0, 2, 24, 24, 10]
    assert [weight * int(digit) for weight, digit in zip(WEIGHTS, "201710601862", strict=True)] == steps
    assert sum(steps) == 157 == 14 * 11 + 3


@pytest.mark.parametrize("text", ["201710601862.3", "201911032622.1", "202210851408.4", "95115608.X"])
def test_fixtures_of_the_feature(text: str) -> None:
    number = parse(text)
    assert number.valid
    assert number.canonical == f"CN{text}"


@pytest.mark.parametrize("text", ["200710308494.X", "97101765.4", "200710077832.3"])
def test_numbers_of_the_reference_data(text: str) -> None:
    assert parse(text).valid


bodies = st.one_of(st.from_regex(r"[0-9]{12}", fullmatch=True), st.from_regex(r"[0-9]{8}", fullmatch=True))


@given(bodies, st.data())
def test_one_changed_digit_changes_the_check_character(body: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(body) - 1))
    digit = data.draw(st.sampled_from([other for other in "0123456789" if other != body[place]]))
    assert cn_check_character(body[:place] + digit + body[place + 1 :]) != cn_check_character(body)


@given(bodies, st.data())
def test_two_swapped_neighbours_change_the_check_character(body: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(body) - 2))
    swapped = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
    assert (cn_check_character(swapped) == cn_check_character(body)) == (swapped == body)


@pytest.mark.parametrize("body", ["", "2017106018623", "20171060186X", "２０１７１０６０１８６２", "7101765"])
def test_no_check_character_for_other_bodies(body: str) -> None:
    with pytest.raises(Invalid) as refused:
        cn_check_character(body)
    assert refused.value.code == "number.body"


@pytest.mark.parametrize(
    "text",
    [
        "CN202110000004.X",
        "202110000004X",
        "202110000004x",
        "ZL 2021 1 0000004.X",
        "ZL202110000004.X",
        "ＣＮ２０２１１００００００４．Ｘ",
        "202110000004。X",
        "202110000004",
        "CN 202110000004 A",
        "CN.202110000004.A",
        "申请号：202110000004.X",
        "专利号: ZL 202110000004.X",
        "\u200b202110000004.X\n",
        "CN202110000004-X",
    ],
)
def test_all_spellings_of_one_application_are_one_number(text: str) -> None:
    number = parse(text)
    assert number.canonical == "CN202110000004.X"
    assert number.key == "a:CN202110000004"
    assert number.stem == "CN202110000004"
    assert (number.office, number.role, number.scheme) == ("CN", NumberRole.APPLICATION, "cn-application-2003")
    assert (number.serial, number.kind, number.type, number.year) == ("202110000004", None, "invention", 2021)


def test_a_wrong_check_digit_is_named_and_not_hidden() -> None:
    number = parse("201710601862.5")
    assert not number.valid
    assert number.check_digit == CheckDigit("5", "3", valid=False)
    assert number.canonical == "CN201710601862.5"
    assert number.key == parse("201710601862.3").key
    assert not parse(number.canonical).valid


def test_a_missing_check_digit_is_not_judged() -> None:
    assert parse("201710601862").check_digit == CheckDigit(None, "3", None)
    assert parse("201710601862").valid


@pytest.mark.parametrize(
    ("text", "patent_type", "year"),
    [
        ("202120413456.6", "utility_model", 2021),
        ("202130413456.1", "design", 2021),
        ("202080012345.2", "invention", 2020),
        ("202090001234.7", "utility_model", 2020),
        ("ZL97101765.4", "invention", 1997),
        ("CN01222036.1", "utility_model", 2001),
        ("CN 00 8 14037.5", "invention", 2000),
        ("98900012", "utility_model", 1998),
        ("88300001", "design", 1988),
    ],
)
def test_type_digit_and_year(text: str, patent_type: str, year: int) -> None:
    number = parse(text)
    assert number.valid
    assert (number.type, number.year) == (patent_type, year)


@pytest.mark.parametrize(
    ("standard", "original"),
    [
        ("102019000302430", "CN201910302430.1"),
        ("102009000190429", "CN200910190429.0"),
        ("101985000000312", "CN85100312.5"),
    ],
)
def test_the_fifteen_digit_form_of_cnipa_files(standard: str, original: str) -> None:
    assert parse(standard).canonical == original
    assert parse(f"CN{standard}").key == parse(original).key


def test_the_fifteen_digit_form_of_the_year_with_two_schemes_has_two_readings() -> None:
    assert [number.stem for number in candidates("102003000012345")] == ["CN03112345", "CN200310012345"]
    assert [number.stem for number in candidates("102003000123456")] == ["CN200310123456"]


@pytest.mark.parametrize(
    "text",
    [
        "CN110083831A",
        "CN 110083831 A",
        "CN.110083831.A",
        "CN-110083831-A",
        "110083831A",
        "cn110083831a",
        "公开号CN110083831A",
    ],
)
def test_all_spellings_of_one_publication_are_one_number(text: str) -> None:
    number = parse(text)
    assert number.canonical == "CN110083831A"
    assert number.key == "p:CN110083831"
    assert number.stem == "CN110083831"
    assert (number.scheme, number.kind, number.type, number.year) == ("cn-publication-2007", "A", "invention", None)
    assert number.check_digit is None


def test_application_and_grant_publication_share_the_key() -> None:
    assert parse("CN102345678A").key == parse("CN102345678B").key == parse("CN102345678").key


@pytest.mark.parametrize(
    ("text", "scheme", "patent_type", "stage"),
    [
        ("CN85100312A", "cn-publication-1985", "invention", "published"),
        ("CN85100312B", "cn-publication-1985", "invention", "announced"),
        ("CN86200001U", "cn-publication-1985", "utility_model", "announced"),
        ("CN87300001S", "cn-publication-1985", "design", "announced"),
        ("CN1035000A", "cn-publication-1989", "invention", "published"),
        ("CN1012345B", "cn-publication-1989", "invention", "announced"),
        ("CN2054321U", "cn-publication-1989", "utility_model", "announced"),
        ("CN3004321S", "cn-publication-1989", "design", "announced"),
        ("CN1073000C", "cn-publication-1989", "invention", "granted"),
        ("CN2515897Y", "cn-publication-1989", "utility_model", "granted"),
        ("CN3123456D", "cn-publication-1989", "design", "granted"),
        ("CN100500000C", "cn-publication-2007", "invention", "granted"),
        ("CN201140831Y", "cn-publication-2007", "utility_model", "granted"),
        ("CN300812345D", "cn-publication-2007", "design", "granted"),
        ("CN112345678A", "cn-publication-2007", "invention", "published"),
        ("CN112345678B", "cn-publication-2007", "invention", "granted"),
        ("CN101234567C1", "cn-publication-2007", "invention", "partly_invalidated"),
        ("CN209102019U", "cn-publication-2007", "utility_model", "granted"),
        ("CN201234567Y2", "cn-publication-2007", "utility_model", "partly_invalidated"),
        ("CN305252224S", "cn-publication-2007", "design", "granted"),
        ("CN301234567S1", "cn-publication-2007", "design", "partly_invalidated"),
        ("CN112345678B8", "cn-publication-2007", "invention", "corrected"),
    ],
)
def test_kind_codes_by_period(text: str, scheme: str, patent_type: str, stage: str) -> None:
    number = parse(text)
    assert (number.canonical, number.scheme, number.type) == (text, scheme, patent_type)
    assert cn_kind_stage(number) == stage


def test_no_stage_without_a_kind_or_for_other_offices() -> None:
    assert cn_kind_stage(parse("CN112345678")) is None
    assert cn_kind_stage(parse("EP3456789B1")) is None


def test_numbers_of_1985_to_1988_are_application_and_publication() -> None:
    published = candidates("CN85100312A")
    assert [number.key for number in published] == ["p:CN85100312", "a:CN85100312"]
    assert [number.role for number in candidates("CN85100312")] == [NumberRole.APPLICATION, NumberRole.PUBLICATION]
    assert parse("CN85100312A", role=NumberRole.APPLICATION).canonical == "CN85100312.5"
    assert parse("CN85100312", role=NumberRole.PUBLICATION).canonical == "CN85100312"
    assert published[0].year == 1985
    # With a check digit, or later, only the application is meant.
    assert [number.role for number in candidates("CN85100312.5")] == [NumberRole.APPLICATION]
    assert [number.role for number in candidates("CN97101765A")] == [NumberRole.APPLICATION]


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("2.02E+12", "number.damaged", "spreadsheet"),
        ("2.02e12", "number.damaged", "spreadsheet"),
        ("２．０２Ｅ＋１２", "number.damaged", "spreadsheet"),
        ("2018305140799.0", "number.damaged", "spreadsheet"),
        ("########", "number.damaged", "spreadsheet"),
        ("2018305?40799", "number.damaged", "spreadsheet"),
        ("CN20183051407\ufffd9", "number.damaged", "spreadsheet"),
        ("201740601862.3", "number.unrecognised", "1, 2, 3, 8 or 9"),
        ("CN110083831U", "number.unrecognised", "kind code"),
        ("CN410083831A", "number.unrecognised", "country code"),
        ("CN202110000004U", "number.unrecognised", "country code"),
        ("CN200210000004", "number.unrecognised", "country code"),
        ("ZL110083831A", "number.unrecognised", "country code"),
        ("1073000", "number.unrecognised", "country code"),
        ("一种水泵", "number.unrecognised", "country code"),
        ("", "number.unrecognised", "country code"),
        ("2" * 5000, "number.unrecognised", "country code"),
    ],
)
def test_refusals_say_what_to_do(text: str, code: str, hint: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse(text)
    assert refused.value.code == code
    assert refused.value.facts["given"] == text[:80]
    assert hint in str(refused.value.facts["hint"])
    assert candidates(text) == ()


def test_the_wrong_role_is_refused_with_its_own_hint() -> None:
    with pytest.raises(Invalid) as refused:
        parse("CN110083831A", role=NumberRole.APPLICATION)
    assert "publication" in str(refused.value.facts["hint"])


def test_gazette_rows() -> None:
    assert parse("2018305140799", office="CN").canonical == "CN201830514079.9"
    assert parse("201621390303X", office="CN").valid
    assert parse("CN2515897").type == "utility_model"
    assert parse("1073000", office="CN").canonical == "CN1073000"
