"""Classification symbols: spellings, levels, ancestors, order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.kernel.classification import Scheme, Symbol, parse, spelled
from qiantang.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("text", "canonical", "edition"),
    [
        ("H04L   27/26    (2006.01)", "H04L27/26", "2006.01"),
        ("B29B17/00(2006.01)I", "B29B17/00", "2006.01"),
        ("G06F3/0481(2013.01)I;", "G06F3/0481", "2013.01"),
        ("A63B49/02(2015.01)I  ", "A63B49/02", "2015.01"),
        ("G06F17/27", "G06F17/27", None),
        (" G06F 16/35", "G06F16/35", None),
        ("g06f 16/35", "G06F16/35", None),
        ("Ｇ０６Ｆ１６／３５", "G06F16/35", None),
        ("G06F0016/35", "G06F16/35", None),
        ("Int.Cl.7 H04L 27/26", "H04L27/26", None),
        # CNIPA standard form
        ("B03C0003090000", "B03C3/09", None),
        ("F28G0001020000", "F28G1/02", None),
        ("F28F0001380000", "F28F1/38", None),
        ("A01B0001000000", "A01B1/00", None),
        ("G06F0003048100", "G06F3/0481", None),
        ("A01B0001100000", "A01B1/10", None),
        # Main group of three digits, without the stroke
        ("C07D41700", "C07D417/00", None),
        ("A61K0317048", "A61K31/7048", None),
        ("H01J04900", "H01J49/00", None),
        # ST.8
        ("A61K  31/00        20060101ALI20220602RMJP", "A61K31/00", "2006.01"),
        ("C09D 5/00        20060101A I20051008RMEP", "C09D5/00", "2006.01"),
        ("A61K  31/4015      20060101AFI20051008RMEP", "A61K31/4015", "2006.01"),
        ("H04W  72/    04            A I                    ", "H04W72/04", None),
        # parts
        ("G06F16", "G06F16", None),
        ("G06F", "G06F", None),
        ("g06", "G06", None),
        ("G", "G", None),
    ],
)
def test_spellings_of_the_ipc(text: str, canonical: str, edition: str | None) -> None:
    symbol = parse(text, Scheme.IPC)
    assert (symbol.canonical, symbol.edition) == (canonical, edition)


def test_the_parts_of_a_symbol() -> None:
    assert parse("G06F16/35", Scheme.IPC) == Symbol(Scheme.IPC, "G", "06", "F", "16", "35", None)
    assert parse("06-04 (11)", Scheme.LOCARNO) == Symbol(Scheme.LOCARNO, None, "06", "04", None, None, "11")


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Y02E60/10", "Y02E60/10"),
        ("Y02E 60/10", "Y02E60/10"),
        ("H10K2102/00", "H10K2102/00"),
        ("H10K 2102/00 (2023.02)", "H10K2102/00"),
        ("H04L2012/40208", "H04L2012/40208"),
        ("Y10S", "Y10S"),
    ],
)
def test_spellings_of_the_cpc(text: str, canonical: str) -> None:
    assert parse(text, Scheme.CPC).canonical == canonical


@pytest.mark.parametrize(
    ("text", "canonical", "edition"),
    [
        ("06-04 (11)", "06-04", "11"),
        ("01-01 (11)  ", "01-01", "11"),
        ("06-04(12);", "06-04", "12"),
        ("０６－０４", "06-04", None),
        ("6-4", "06-04", None),
        ("LOC (14) Cl. 06-04", "06-04", "14"),
        ("31-00 (12)", "31-00", "12"),
        ("06", "06", None),
    ],
)
def test_spellings_of_locarno(text: str, canonical: str, edition: str | None) -> None:
    symbol = parse(text, Scheme.LOCARNO)
    assert (symbol.canonical, symbol.edition) == (canonical, edition)


@pytest.mark.parametrize(
    ("text", "scheme", "ancestors", "level"),
    [
        ("G06F16/35", Scheme.IPC, ("G", "G06", "G06F", "G06F16", "G06F16/35"), "subgroup"),
        ("G06F16/00", Scheme.IPC, ("G", "G06", "G06F", "G06F16", "G06F16/00"), "main_group"),
        ("G06F16", Scheme.IPC, ("G", "G06", "G06F", "G06F16"), "main_group"),
        ("G06F", Scheme.IPC, ("G", "G06", "G06F"), "subclass"),
        ("G06", Scheme.IPC, ("G", "G06"), "class"),
        ("G", Scheme.IPC, ("G",), "section"),
        ("Y02E60/10", Scheme.CPC, ("Y", "Y02", "Y02E", "Y02E60", "Y02E60/10"), "subgroup"),
        ("06-04 (11)", Scheme.LOCARNO, ("06", "06-04"), "subclass"),
        ("06", Scheme.LOCARNO, ("06",), "class"),
    ],
)
def test_ancestors_and_level(text: str, scheme: Scheme, ancestors: tuple[str, ...], level: str) -> None:
    symbol = parse(text, scheme)
    assert symbol.ancestors() == ancestors
    assert symbol.level == level


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("", Scheme.IPC),
        ("I06F16/35", Scheme.IPC),
        ("Y02E60/10", Scheme.IPC),
        ("Y02E", Scheme.IPC),
        ("G06F16/", Scheme.IPC),
        ("G06F16/3", Scheme.IPC),
        ("G06F0/35", Scheme.IPC),
        ("G06F0000350000", Scheme.IPC),
        ("G6F16/35", Scheme.IPC),
        ("06-04", Scheme.IPC),
        ("G06F16/35 G06F17/00", Scheme.IPC),
        ("G06F16/35" * 1000, Scheme.IPC),
        # Trailing zeros of CPC subgroups may be real, so the padded form is not one of its spellings.
        ("B03C0003090000", Scheme.CPC),
        # Without the stroke: no group, or one that may have three or four digits.
        ("A61K00000", Scheme.IPC),
        ("G01N0033577", Scheme.IPC),
        ("C07D41700", Scheme.CPC),
        ("G06F16/35", Scheme.LOCARNO),
        ("00-01", Scheme.LOCARNO),
        ("006-04", Scheme.LOCARNO),
        ("", Scheme.LOCARNO),
    ],
)
def test_what_is_no_symbol_is_refused(text: str, scheme: Scheme) -> None:
    with pytest.raises(Invalid) as refused:
        parse(text, scheme)
    assert refused.value.code == "classification.unrecognised"
    assert refused.value.facts == {"given": text[:80], "scheme": scheme.value}


symbols = st.one_of(
    st.tuples(st.just(Scheme.IPC), st.from_regex(r"[A-H](0[1-9]|[1-9]\d)[A-Z]([1-9]\d{0,3}(/\d{2,6})?)?", fullmatch=True)),
    st.tuples(st.just(Scheme.CPC), st.from_regex(r"[A-HY](0[1-9]|[1-9]\d)[A-Z] ?[1-9]\d{0,3}/\d{2,6}", fullmatch=True)),
    st.tuples(st.just(Scheme.LOCARNO), st.from_regex(r"(0[1-9]|[12]\d|3[012])(-\d\d( ?\(1[0-5]\))?)?", fullmatch=True)),
).filter(lambda drawn: drawn[1].isascii())  # fmt: skip


@given(symbols)
def test_normalising_twice_changes_nothing(drawn: tuple[Scheme, str]) -> None:
    scheme, text = drawn
    canonical = parse(text, scheme).canonical
    assert parse(canonical, scheme).canonical == canonical


@given(symbols)
def test_ancestors_are_growing_prefixes_which_end_in_the_symbol(drawn: tuple[Scheme, str]) -> None:
    scheme, text = drawn
    symbol = parse(text, scheme)
    ancestors = symbol.ancestors()
    assert ancestors[-1] == symbol.canonical
    for upper, lower in pairwise(ancestors):
        assert lower.startswith(upper)
        assert len(upper) < len(lower)
        assert parse(upper, scheme) < parse(lower, scheme)
    # Each ancestor has the ancestors before it for its own.
    for place, ancestor in enumerate(ancestors):
        assert parse(ancestor, scheme).ancestors() == ancestors[: place + 1]


def test_symbols_sort_in_the_order_of_the_scheme() -> None:
    ordered = ["A01B1/00", "G", "G06", "G06F", "G06F3", "G06F3/00", "G06F3/048", "G06F3/0481", "G06F3/05", "G06F16/00", "H01L21/02", "H01L21/027", "H01L21/04"]  # fmt: skip
    symbols = [parse(text, Scheme.IPC) for text in reversed(ordered)]
    assert [symbol.canonical for symbol in sorted(symbols)] == ordered


@given(st.text(max_size=40), st.sampled_from(Scheme))
def test_any_text_is_read_or_refused(text: str, scheme: Scheme) -> None:
    try:
        symbol = parse(text, scheme)
    except Invalid:
        return
    assert parse(symbol.canonical, scheme).canonical == symbol.canonical


SPELLINGS = st.text("AHY09/ ()G", max_size=14) | st.from_regex(
    r"[A-HY][0-9]{2}[A-Z][0-9]{0,5}/[0-9]{1,7}[AI]?", fullmatch=True
)


@given(SPELLINGS, st.sampled_from(Scheme))
def test_what_is_spelled_is_what_is_read(text: str, scheme: Scheme) -> None:
    try:
        symbol = parse(text, scheme)
    except Invalid:
        with pytest.raises(Invalid):
            spelled(text, scheme)
    else:
        assert spelled(text, scheme) == (symbol.canonical, symbol.edition)
