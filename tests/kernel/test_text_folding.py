"""Folding: the same letter however it was typed, and the way back to where it stood."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.kernel.text import Plain, characters, fold, fold_with_places, is_simple, plainness
from qiantang.kernel.text.folding import _MAY_CHANGE, _folded
from qiantang.kernel.text.traditional import SIMPLIFIED, TRADITIONAL

ODD = st.sampled_from("㎜½ﬁ℃①㈠ＡａＢ，。（樂乾著覆後瞭苧薴ßİſΣςｶﾞ㍿Ⅷ㋿\u0345\U0002f800")
MIXED = st.text(st.one_of(ODD, st.characters(), st.sampled_from("石墨烯電極AbC 1")), max_size=30)


def in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.feature("S3-03")
@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("石墨烯電極之製備", "石墨烯电极之制备"),
        ("ＬｉＦｅＰＯ４／Ｃ", "lifepo4/c"),
        ("５㎜", "5mm"),
        ("½", "1\u20442"),
        ("ﬁlter", "filter"),
        ("25℃", "25°c"),
        ("Straße", "strasse"),
        ("\uf914", "乐"),  # a compatibility form of a traditional character takes both steps
        ("", ""),
    ],
)
def test_width_case_and_script_are_folded(typed, folded):
    assert fold(typed) == folded


@pytest.mark.feature("S3-03")
@pytest.mark.parametrize("kept", ["著作", "乾隆", "覆盖", "瞭望", "於", "徵", "藉", "夥", "摺", "苧烯", "後", "麽"])
def test_what_stands_in_simplified_text_is_kept(kept):
    assert fold(kept) == kept


def test_the_table_is_aligned_and_safe():
    assert len(TRADITIONAL) == len(SIMPLIFIED) == len(set(TRADITIONAL)) > 4000
    assert not set(TRADITIONAL) & set(SIMPLIFIED), "folding twice would go on changing"
    assert [one for one in TRADITIONAL if in_gb2312(one)] == []


def test_gb_2312_text_changes_in_width_and_case_only():
    rows = [bytes((high, low)).decode("gb2312", "ignore") for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF)]
    every = "".join(rows)
    assert len(every) > 7400
    assert fold(every) == "".join(unicodedata.normalize("NFKC", one).casefold() for one in every)


def test_the_quick_look_misses_no_character_that_changes():
    missed = [one for one in map(chr, range(0x110000)) if not _MAY_CHANGE.match(one) and _folded[one] != one]
    assert missed == []


def test_every_character_of_the_basic_plane_folds_once_and_for_all():
    odd = [one for one in map(chr, range(0x10000)) if fold(fold(one)) != fold(one) or not fold(one)]
    assert odd == []


@given(MIXED)
def test_places_lead_back_to_the_original(text):
    folded, places = fold_with_places(text)
    assert folded == fold(text)
    assert len(places) == len(folded)
    assert list(places) == sorted(places)
    for character, place in zip(folded, places, strict=True):
        assert character in fold(text[place])
    assert set(places) == set(range(len(text))), "no character folds to nothing"


@given(MIXED, MIXED)
def test_the_fold_of_a_whole_is_the_fold_of_its_parts(one, other):
    assert fold(one + other) == fold(one) + fold(other)
    assert fold(fold(one)) == fold(one)


def test_one_character_may_become_several():
    folded, places = fold_with_places("5㎜ﬁ石")
    assert (folded, list(places)) == ("5mmfi石", [0, 1, 1, 2, 2, 3])
    folded, places = fold_with_places("電極Ａ")
    assert (folded, list(places)) == ("电极a", [0, 1, 2])


def test_what_folding_changes_in_a_simple_text_is_capitals_and_a_few_signs():
    """Every character of the basic plane."""
    simple = [one for one in map(chr, range(0x10000)) if is_simple(one)]
    assert len(simple) > 24_000
    for one in simple:
        assert fold(one) == one.lower() or (one in "，；：（）" and not fold(one).isalnum())
        assert len(one.lower()) == 1


def test_rare_and_traditional_forms_are_not_simple():
    assert not any(map(is_simple, ("５", "㎜", "ﬁ", "Ａ", "\u212a", "…", "㈱", "é", "\U0002f800", "電", "種")))
    assert is_simple("一种Lithium电池（10%），“其”特征·在于-")


def test_chinese_stands_in_a_text_whose_other_characters_alone_are_folded():
    """Every character of the basic plane: it stays, or neither it nor what it becomes is Chinese."""
    for one in map(chr, range(0x10000)):
        plain = plainness(f"石{one}墨")
        assert (plain == Plain.WHOLE) == is_simple(one)
        if plain != Plain.NOT:
            assert fold(one) == one or not characters(one + fold(one))
    assert plainness("80℃，5㎜，é") == Plain.CHINESE
    assert {plainness(one) for one in ("電", "㈱", "\U0002f800")} == {Plain.NOT}
