"""Two claims word by word, and two sets claim by claim."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.kernel.claims import Change, Pair, Piece, aligned, differences
from qiantang.kernel.claims.comparing import words

pytestmark = pytest.mark.feature("S3-11")

SAME, OUT, IN = Change.SAME, Change.DELETED, Change.INSERTED


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("一种水泵", "一种水泵", [(SAME, "一种水泵")]),
        ("", "泵", [(IN, "泵")]),
        ("泵", "", [(OUT, "泵")]),
        (
            "一种水泵，包括壳体",
            "一种真空泵，包括壳体",
            [(SAME, "一种"), (OUT, "水"), (IN, "真空"), (SAME, "泵，包括壳体")],
        ),
        (
            "a rotor with 3 blades",
            "a rotor with 35 blades",
            [(SAME, "a rotor with "), (OUT, "3"), (IN, "35"), (SAME, " blades")],
        ),
        ("设有流道", "设有蛇形流道", [(SAME, "设有"), (IN, "蛇形"), (SAME, "流道")]),
        ("包括Ａ１，B", "包括A1，B", [(SAME, "包括A1，B")]),
        ("a  pump\n", "a pump ", [(SAME, "a pump ")]),
        ("Pump", "pump", [(OUT, "Pump"), (IN, "pump")]),
    ],
)
def test_what_was_changed(old, new, pieces):
    assert list(differences(old, new)) == [Piece(*one) for one in pieces]


def test_single_letters_between_changes_are_read_with_them():
    found = differences("上端的固定板和弹簧", "下部的活动架和滑块")
    assert [piece.change for piece in found] == [OUT, IN]


texts = st.text("一种水泵包括壳体，。 ab1", max_size=40)


@given(texts, texts)
def test_the_pieces_make_both_texts(old, new):
    found = differences(old, new)
    told = {side: "".join(p.text for p in found if p.change in (SAME, side)) for side in (OUT, IN)}
    assert told[IN] == new
    assert "".join(told[OUT].split()) == "".join(old.split())
    assert all(piece.text for piece in found)


@given(texts)
def test_a_text_does_not_differ_from_itself_nor_from_its_wide_spelling(text):
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)
    assert unicodedata.normalize("NFKC", wide) == unicodedata.normalize("NFKC", text)
    for other in (text, wide):
        assert all(piece.change is SAME for piece in differences(other, text))


@given(st.text(max_size=60))
def test_words_put_together_are_the_text(text):
    assert "".join(words(text)) == text


def test_a_very_long_claim_is_compared_by_clauses_and_an_endless_one_not_at_all():
    clauses = [f"部件{number}与部件{number + 1}相连，" for number in range(400)]
    found = differences("".join(clauses), "".join([*clauses[:200], "并设有弹簧，", *clauses[200:]]))
    assert [(p.change, p.text) for p in found if p.change is not SAME] == [(IN, "并设有弹簧，")]
    endless = "甲" * 5_000
    assert [p.change for p in differences(endless, endless + "乙")] == [OUT, IN]


# --- sets ---

PUMP, COOLER, SEAL = (
    "一种水泵，包括壳体和转子。",
    "一种冷却装置，设有管路与风扇。",
    "根据权利要求1所述的水泵，密封圈为橡胶。",
)


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ([], [], []),
        ([PUMP], [], [(0, None)]),
        ([], [PUMP], [(None, 0)]),
        ([PUMP, SEAL], [PUMP, SEAL], [(0, 0), (1, 1)]),
        ([PUMP, SEAL, COOLER], [PUMP[:-1] + "，密封圈为橡胶。", COOLER], [(0, 0), (1, None), (2, 1)]),
        ([PUMP], [COOLER], [(0, None), (None, 0)]),
        ([COOLER, SEAL], [PUMP, COOLER, SEAL], [(None, 0), (0, 1), (1, 2)]),
    ],
)
def test_which_claims_belong_together(old, new, pairs):
    assert list(aligned(old, new)) == [Pair(*one) for one in pairs]


@given(st.lists(texts, max_size=6), st.lists(texts, max_size=6))
def test_every_claim_of_both_sets_stands_once_and_in_order(old, new):
    pairs = aligned(old, new)
    assert [pair.old for pair in pairs if pair.old is not None] == list(range(len(old)))
    assert [pair.new for pair in pairs if pair.new is not None] == list(range(len(new)))


def test_very_large_sets_are_paired_by_place():
    assert aligned(["a"] * 300, ["b"] * 200)[-1] == Pair(299, None)
