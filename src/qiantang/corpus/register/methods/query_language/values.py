"""One comparison, ``FIELD operator value``, as a node: each kind of field reads its values in its own way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from qiantang.corpus.register.methods.query_language.coded import UNKNOWN, code
from qiantang.corpus.register.methods.query_language.dates import Period, neighbour, period
from qiantang.corpus.register.methods.query_language.errors import Mend, sentence, syntax_error
from qiantang.corpus.register.methods.query_language.fields import Kind, QueryField
from qiantang.corpus.register.methods.query_language.nodes import Known, Leaf, Loose, Match, Span, Wild
from qiantang.corpus.register.methods.query_language.said import Said
from qiantang.corpus.register.methods.query_language.stretches import (
    MOST_DISTANCE,
    WILD,
    check_loose,
    of_pattern,
    of_text,
)
from qiantang.corpus.register.methods.query_language.symbols import symbol
from qiantang.kernel import numbers
from qiantang.kernel.errors import Invalid
from qiantang.kernel.numbers import NumberRole, PatentNumber
from qiantang.kernel.text import fold, phrase

_FIRST_YEAR, _LAST_YEAR = 1, 9999
_ROLES = {
    "PN": NumberRole.PUBLICATION,
    "AN": NumberRole.APPLICATION,
    "CT": NumberRole.PUBLICATION,
    "PR": NumberRole.APPLICATION,
}
_BY_NAME_ALONE = (Kind.SET, Kind.TIE)  # of these nothing can be known but what one names


def read(said: Said) -> Leaf:
    """The node of a comparison.

    errors  ``query.syntax``
    """
    field = said.field
    if said.text == "*" and not said.quoted and said.operator == "=" and field.kind not in _BY_NAME_ALONE:
        return Known(field.key, said.at)
    if said.operator not in ("=", "==") and field.kind not in (Kind.DAY, Kind.YEAR):
        raise syntax_error(
            said.at,
            sentence("%(field)s has no order, so %(given)s says nothing.", field=field.key, given=said.operator),
            expected="= or ==",
            hint="Days and years have an order: AD>=2019, PY<2020",
        )
    if not said.quoted and not WILD.isdisjoint(said.text) and not (field.kind is Kind.CLASS and said.text[-1] == "*"):
        return _wild(said)
    return _READERS[field.kind](said)


_number_start = re.compile(r"[A-Z]{2}[0-9]{1,8}").fullmatch
_number_pattern = re.compile(r"[A-Z]{2}[0-9A-Z./]*\*|\*[0-9X.]+").fullmatch


def _wild(said: Said) -> Wild:
    """A value with ``*``, ``?`` or ``#``: a word of a text, a whole value, the beginning or the end of a number."""
    field = said.field
    if field.kind is Kind.NUMBER:
        return _wild_number(said)
    if field.kind is not Kind.TEXT:
        raise syntax_error(
            said.at,
            sentence("%(field)s takes no wildcards.", field=field.key),
            expected="a value",
            hint="Several values stand in a list: CC=(CN, US)",
        )
    return _wild_text(said)


def _wild_text(said: Said) -> Wild:
    field = said.field
    if len(said.text.split()) > 1:  # of a list: bare words have no blanks in them
        raise syntax_error(
            said.at,
            "A pattern is one word.",
            expected="such as comput*",
            hint="Words side by side are joined by ADJ: TI=(lithium ADJ batter*)",
        )
    if said.operator == "==" and field.whole is None:
        raise _no_whole(said)
    if not re.match(r"[^\W_]|[*?#]", said.text):
        raise syntax_error(
            said.at,
            "A pattern begins with a letter or a wildcard.",
            expected="such as comput*",
            hint="Take the sign in front away, or quote the text.",
        )
    if said.operator == "==":
        if not set(said.text) - WILD:
            raise syntax_error(
                said.at,
                "A wildcard needs letters beside it.",
                expected="such as 杭州*公司",
                hint=sentence("%(field)s:* finds whatever has a value.", field=field.key),
            )
        return Wild(field.key, said.text, True, said.at)  # noqa: FBT003 - the second field of the node
    of_pattern(said.text, said.at, may_lead=field.key == "PA")  # refuses what cannot be asked
    return Wild(field.key, said.text, at=said.at)


def _wild_number(said: Said) -> Wild:
    pattern = "".join(fold(said.text).upper().split())
    if not _number_pattern(pattern):
        raise syntax_error(
            said.at,
            "Of a number, * is the end or the beginning.",
            expected="such as CN2019* or *0319",
            hint="With its country code in front, or from its last digits.",
        )
    return Wild(said.field.key, pattern, at=said.at)


def _no_whole(said: Said) -> Invalid:
    return syntax_error(
        said.at,
        sentence("%(field)s is not kept as a whole value.", field=said.field.key),
        expected="=",
        hint="Titles and names are kept whole: TI==, PA==, AW==, IN==, AG==",
    )


def _nothing_in(said: Said) -> Invalid:
    return syntax_error(
        said.at,
        sentence("There is nothing to search for in %(given)r.", given=said.text),
        expected="letters or digits",
        hint="Signs alone are not indexed; operators are AND, OR, NOT, XOR, NEARn and ADJn.",
        mend=said.instead("AND") if said.text == "+" else None,
    )


def loosely(said: Said, more: int) -> Loose:
    """``"a b"~n``.

    errors  ``query.syntax``
    """
    if said.field.kind is not Kind.TEXT or said.operator != "=":
        raise syntax_error(
            said.at,
            "Only a phrase of a text can be loose.",
            expected='such as TI="lithium battery"~3',
            hint="Take ~ and its number away.",
        )
    words = said.text.split()
    if not words or not all(of_text(word).slots for word in words):
        raise _nothing_in(said)
    if more > MOST_DISTANCE:
        raise syntax_error(
            said.at,
            sentence("At most %(most)s positions can lie between the words.", most=MOST_DISTANCE),
            expected="a smaller number",
            hint="Terms that need not be near each other are joined by AND.",
        )
    check_loose(len(words), more, said.at)
    return Loose(said.field.key, " ".join(words), more, said.at)


def between(field: QueryField, low: str | None, high: str | None, ends: tuple[bool, bool], at: int) -> Span | Known:
    """``[low TO high]``; ``ends`` tells which ends are included.

    errors  ``query.syntax``
    """
    if field.kind not in (Kind.DAY, Kind.YEAR):
        raise syntax_error(
            at,
            sentence("%(field)s has no order, so it has no range.", field=field.key),
            expected="a value",
            hint="Several values stand in a list: CC=(CN, US)",
        )
    first = last = None
    if low is not None:
        start = _period(field, low, at)
        first = start.first if ends[0] else _beyond(field, start.last, 1, at)
    if high is not None:
        end = _period(field, high, at)
        last = end.last if ends[1] else _beyond(field, end.first, -1, at)
    if first is None and last is None:
        return Known(field.key, at)
    if first is not None and last is not None and first > last:
        raise syntax_error(
            at,
            "The range ends before it begins.",
            expected="the earlier end first",
            hint=sentence("Did you mean %(near)s?", near=f"{field.key}=[{high} TO {low}]"),
        )
    return Span(field.key, first, last, at)


def _beyond(field: QueryField, end: int, step: int, at: int) -> int:
    """The day or year next to the end: ``AD>2019`` begins on the first day of 2020."""
    found = end + step if field.kind is Kind.YEAR else neighbour(end, step)
    if found is None or not _FIRST_YEAR <= (found if field.kind is Kind.YEAR else found // 10_000) <= _LAST_YEAR:
        raise syntax_error(
            at,
            "There is nothing beyond this date in the calendar.",
            expected="another date",
            hint="An open end is *: AD=[2019 TO *]",
        )
    return found


def _period(field: QueryField, text: str, at: int) -> Period:
    if field.kind is Kind.YEAR:
        year = fold(text).strip().removesuffix("年")
        if re.fullmatch(r"[0-9]{4}", year) and int(year) >= _FIRST_YEAR:
            return Period(int(year), int(year))
        raise syntax_error(
            at,
            sentence("%(field)s is a year, and %(given)r is none.", field=field.key, given=text),
            expected="a year such as 2019",
            hint="A span of years: AY=[2015 TO 2020]",
        )
    found = period(text)
    if found is None:
        raise syntax_error(
            at,
            sentence("%(given)r is no date.", given=text),
            expected="a day, month or year: 2019, 201903, 2019-03-01, 20190301",
            hint="A span of days: AD=[2018 TO 2020]; an open end is *",
        )
    return found


# spans as other platforms write them: 2018..2020 · 2018~2020 · 2018-2020 · 20180101-20201231
_spanned = re.compile(
    r"(?P<low>[0-9][^~至]*?)(?:\.\.|~|至)(?P<high>[0-9].*)|(?P<from>[0-9]{4}|[0-9]{6}|[0-9]{8})-(?P<to>[0-9]{4}|[0-9]{6}|[0-9]{8})"
)


_two = re.compile(r"(?P<low>[0-9][0-9./-]{3,9})[,，;；](?P<high>[0-9][0-9./-]{3,9})")


def _ordered(said: Said) -> Span | Known:
    if two := _two.fullmatch(said.text.strip()):
        raise syntax_error(
            said.at,
            sentence("%(given)r is no date.", given=said.text),
            expected="a day, month or year: 2019, 201903, 2019-03-01, 20190301",
            hint="A span of days: AD=[2018 TO 2020]; an open end is *",
            mend=said.instead(f"{two['low']}..{two['high']}"),
        )
    if said.operator in ("=", "==") and (found := _spanned.fullmatch(fold(said.text).strip())):
        return between(said.field, found["low"] or found["from"], found["high"] or found["to"], (True, True), said.at)
    low = said.text if said.operator in ("=", "==", ">", ">=") else None
    high = said.text if said.operator in ("=", "==", "<", "<=") else None
    included = said.operator not in (">", "<")
    return between(said.field, low, high, (included, included), said.at)


def _text(said: Said) -> Match:
    found = phrase(said.text)
    if not found.tokens and found.single is None:
        raise _nothing_in(said)
    whole = said.operator == "=="
    if whole and said.field.whole is None:
        raise _no_whole(said)
    return Match(said.field.key, " ".join(said.text.split()), whole, said.at)


def number_read(text: str, field: QueryField) -> PatentNumber:
    """The best reading for the field: of its role and with a right check digit where there is one, else the first.

    errors  ValueError where the text is no number
    """
    readings = numbers.candidates(text)
    role = _ROLES[field.key]
    return min(readings, key=lambda one: (one.role is not role, not one.valid))


def _number(said: Said) -> Match:
    try:
        found = number_read(said.text, said.field)
    except ValueError:
        raise syntax_error(
            said.at,
            sentence("%(given)r is no patent number.", given=said.text),
            expected="a number with its country code",
            hint="Such as CN110083831A, ZL201710601862.3 or US10000001B2; several in a list: PN=(…, …)",
            mend=_beginning(said),
        ) from None
    if not found.valid:
        digit = found.check_digit
        expected = digit.expected if digit else None
        raise syntax_error(
            said.at,
            sentence("The check digit of %(given)r is wrong.", given=said.text),
            expected=expected,
            hint=sentence("Did you mean %(near)s?", near=f"{found.stem}.{expected}"),
            mend=said.instead(f"{found.stem}.{expected}"),
        )
    return Match(said.field.key, found.canonical, at=said.at)


def _beginning(said: Said) -> Mend | None:
    """``AN=CN2020``, ``AN=2020``: the beginning of numbers, which is written ``CN2020*``."""
    text = "".join(fold(said.text).upper().split())
    start = f"CN{text}" if text.isdecimal() else text
    return said.instead(f"{start}*") if _number_start(start) else None


def _region(said: Said) -> Match:
    name = " ".join(said.text.split())
    if not name:
        raise syntax_error(
            said.at, "A region has a code or a name.", expected="such as 330106", hint="Region names: CI=西湖区"
        )
    if re.fullmatch(r"[0-9]{2}|[0-9]{4}|[0-9]{6}", name):
        name = name.ljust(6, "0")
    elif fold(name) in (UNKNOWN, "未知"):
        name = UNKNOWN
    return Match(said.field.key, name, said.operator == "==", said.at)


def _key(said: Said) -> Match:
    value = said.text.strip()
    if not value:
        raise syntax_error(
            said.at,
            sentence("%(field)s is empty.", field=said.field.key),
            expected="an identifier",
            hint=sentence("Write it behind the sign, or take %(field)s away.", field=said.field.key),
        )
    return Match(said.field.key, value, at=said.at)


def _party(said: Said) -> Match:
    name = " ".join(said.text.split())
    if not name:
        raise syntax_error(
            said.at,
            sentence("%(field)s is empty.", field=said.field.key),
            expected="a name of the party, or its number: P12",
            hint="Names as filed, and names of persons, are searched with PA.",
        )
    return Match(said.field.key, name, said.operator == "==", said.at)


_READERS: Mapping[Kind, Callable[[Said], Leaf]] = {
    Kind.TEXT: _text,
    Kind.CODE: code,
    Kind.CLASS: symbol,
    Kind.NUMBER: _number,
    Kind.DAY: _ordered,
    Kind.YEAR: _ordered,
    Kind.REGION: _region,
    Kind.KEY: _key,
    Kind.SET: _key,
    Kind.FAMILY: _key,
    Kind.PARTY: _party,
    Kind.TIE: _number,
}
