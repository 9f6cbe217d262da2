"""Canonical JSON (RFC 8785) and the chain of custody made of it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.kernel.canonical import canonical_json
from qiantang.kernel.custody import ORIGIN, first_broken, link

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_keys_are_sorted_by_their_utf_16_units():
    # RFC 8785, 3.2.3: the smiling face begins with a unit below that of the Hebrew letter with dagesh
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    told = canonical_json(dict.fromkeys(keys, 0)).decode()
    assert list(json.loads(told)) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_escapes_are_the_shortest():
    assert (
        canonical_json('\x00\b\t\n\x0b\f\r\x1f"\\/\x7f钱')
        == b'"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\"\\\\/\x7f\xe9\x92\xb1"'
    )


@given(VALUES)
def test_what_is_written_reads_back_and_is_written_alike(value):
    told = canonical_json(value)
    assert json.loads(told) == value
    assert canonical_json(json.loads(told)) == told


@pytest.mark.parametrize("value", [1.5, b"bytes", {1: 2}, {"a": object()}, [float("nan")]])
def test_what_can_be_argued_about_is_refused(value):
    with pytest.raises(TypeError):
        canonical_json(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), "\ud800"])
def test_what_other_languages_read_otherwise_is_refused(value):
    with pytest.raises(ValueError, match=r"beyond|surrogates"):
        canonical_json(value)


@pytest.mark.feature("S7A-08")
def test_custody_vectors():
    first, second = (canonical_json(one) for one in ({"seq": 1, "act": "collect"}, {"seq": 2, "act": "seal"}))
    assert (first, second) == (b'{"act":"collect","seq":1}', b'{"act":"seal","seq":2}')
    one = link(ORIGIN, first)
    assert one == "e8c0912ed391bd49943c54679ebbe554c10849ce4963b8a762111cdb4df3aa1a"
    assert link(one, second) == "c32e30bb65e797ad3120a37b485796caccbf182e65af8197c54520e54d09d437"


@given(st.integers(1, 12), st.data())
def test_the_first_line_that_was_touched_is_named(count, data):
    lines, previous = [], ORIGIN
    for seq in range(1, count + 1):
        line = canonical_json({"seq": seq, "act": "view"})
        previous = link(previous, line)
        lines.append((line, previous))
    assert first_broken(lines) is None
    touched = data.draw(st.integers(0, count - 1))
    changed = [
        *lines[:touched],
        (canonical_json({"seq": touched + 1, "act": "copy"}), lines[touched][1]),
        *lines[touched + 1 :],
    ]
    assert first_broken(changed) == touched + 1
    if touched + 1 < count:
        without = [*lines[:touched], *lines[touched + 1 :]]
        assert first_broken(without) == touched + 1
        swapped = [*lines[:touched], lines[touched + 1], lines[touched], *lines[touched + 2 :]]
        assert first_broken(swapped) == touched + 1
