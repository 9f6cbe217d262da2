"""The one error of the language, and how a query that has one may be mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from qiantang.kernel.errors import Invalid

_MOST_MENDED = 4  # slips of one query


class Sentence(str):
    """An English sentence with values in it, which a page can say in another language: ``template % values``."""

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, object]


class Choices(str):
    """A list of words one can type, in English; ``chinese`` the same in Chinese, for both are words of the language."""

    __slots__ = ("chinese",)
    chinese: str


class Mend(NamedTuple):
    """What would make a text a query here: from ``start`` to ``end`` another text."""

    start: int
    end: int
    text: str


def sentence(template: str, **values: object) -> Sentence:
    """The sentence of a template: ``sentence("There is no field %(given)s.", given="'XX'")``."""
    told = Sentence(template % values)
    told.template, told.values = template, values
    return told


def choices(english: Iterable[str], chinese: Iterable[str]) -> Choices:
    """What could stand at a place, as words that are read there."""
    told = Choices(", ".join(english))
    told.chinese = "、".join(chinese)
    return told


def syntax_error(
    position: int, message: str, *, expected: str | None = None, hint: str | None = None, mend: Mend | None = None
) -> Invalid:
    """``query.syntax`` with the place in the text (characters from 0), what is wrong, what could stand there, a way out.

    A text with values in it is a ``sentence``, so that it can be translated. Every error tells what is expected or gives a
    hint; ``mend`` is there where one change is the likely one.
    """
    likely = {} if mend is None else {"mend": mend}
    return Invalid("query.syntax", position=position, message=message, expected=expected, hint=hint, **likely)


def with_repair(error: Invalid, text: str, read: Callable[[str], object]) -> Invalid:
    """The error as it is told outside: in the place of the mend, the whole query mended as ``repair``; None: none is known.

    read  reads a query or raises ``query.syntax``: only what it takes is proposed
    """
    told = dict(error.facts)
    mend, mended = told.pop("mend", None), text
    for _ in range(_MOST_MENDED):
        if not isinstance(mend, Mend):
            return Invalid(error.code, **told, repair=None)
        mended = mended[: mend.start] + mend.text + mended[mend.end :]
        try:
            read(mended)
        except Invalid as further:
            mend = further.facts.get("mend")
        else:
            return Invalid(error.code, **told, repair=mended)
    return Invalid(error.code, **told, repair=None)
