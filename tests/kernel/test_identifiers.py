"""Check characters: the worked examples, and every slip of one character is noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as oracle
from stdnum.iso7064 import mod_11_10 as iso

from qiantang.kernel.errors import Invalid
from qiantang.kernel.identifiers import (
    make_case_number,
    mod_11_10,
    parse_case_number,
    parse_credit_code,
    uscc_check_character,
)

BODY = "91330106799655058"
CODE = "913301067996550582"


def test_the_credit_code_of_the_worked_example():
    assert uscc_check_character(BODY) == "2"
    code = parse_credit_code(CODE)
    assert (code.text, code.region_code, code.organisation_code) == (CODE, "330106", "799655058")
    assert oracle.is_valid(CODE)


@pytest.mark.parametrize(
    "written", ["９１３３０１０６７９９６５５０５８２", "91330106-799655058-2", " 9133 0106 7996 5505 82 "]
)
def test_a_credit_code_is_read_in_any_width_and_grouping(written):
    assert parse_credit_code(written).text == CODE


def test_a_wrong_check_character_is_told_with_the_right_one():
    with pytest.raises(Invalid) as refused:
        parse_credit_code(CODE[:-1] + "3")
    assert (refused.value.code, refused.value.facts["expected"]) == ("identifiers.uscc_check", "2")


@pytest.mark.parametrize("written", ["", "123", CODE + "0", CODE.replace("9", "I", 1), "某公司"])
def test_what_is_no_credit_code_is_refused(written):
    with pytest.raises(Invalid, match="uscc_malformed"):
        parse_credit_code(written)


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17))
def test_check_characters_agree_with_another_implementation(body):
    assert uscc_check_character(body) == oracle.calc_check_digit(body)


@pytest.mark.parametrize(("digits", "check"), [("79462", 3), ("00200667308", 5), ("20210426010100001", 4)])
def test_iso_7064_vectors(digits, check):
    assert mod_11_10(digits) == check


@given(st.text("0123456789", min_size=1, max_size=30))
def test_iso_7064_agrees_with_another_implementation(digits):
    assert str(mod_11_10(digits)) == iso.calc_check_digit(digits)


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=6), st.integers(1985, 2099), st.integers(1, 999_999))
def test_the_number_of_a_case_is_found_in_any_punctuation(authority, year, serial):
    number = make_case_number(authority, year, serial)
    compact = number.compact
    full_width = "".join(chr(ord(sign) + 0xFEE0) for sign in compact)
    spellings = (str(number), compact, compact.lower(), f"（{compact[:4]}）{compact[4:9]}／{compact[9:]}", full_width)
    assert {parse_case_number(spelling) for spelling in spellings} == {number}


@given(st.integers(1985, 2099), st.integers(1, 999_999), st.integers(0, 10), st.integers(1, 9))
def test_a_digit_mistyped_is_noticed(year, serial, place, by):
    digits = list(make_case_number("HZYS", year, serial).compact[4:])
    digits[place] = str((int(digits[place]) + by) % 10)
    with pytest.raises(Invalid, match="case_check"):
        parse_case_number("HZYS" + "".join(digits))


def test_what_is_no_number_of_a_case_is_refused():
    for written in ("", "HZYS2026", "HZYS-2026-0001-2", "4-2026-000001-2"):
        with pytest.raises(Invalid, match="case_malformed"):
            parse_case_number(written)
    with pytest.raises(ValueError, match="no number of a case"):
        make_case_number("HZYS", 2026, 0)
