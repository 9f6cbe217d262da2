"""The one error of the language."""

from __future__ import annotations

from collections.abc import Mapping

from qiantang.kernel.errors import Invalid


class Sentence(str):
    """An English sentence with values in it, which a page can say in another language: ``template % values``."""

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, object]


def sentence(template: str, **values: object) -> Sentence:
    """The sentence of a template: ``sentence("There is no field %(given)s.", given="'XX'")``."""
    told = Sentence(template % values)
    told.template, told.values = template, values
    return told


def syntax_error(position: int, message: str, *, expected: str | None = None, hint: str | None = None) -> Invalid:
    """``query.syntax`` with the place in the text (characters from 0), what is wrong, what could stand there, a way out.

    A text with values in it is a ``sentence``, so that it can be translated.
    """
    return Invalid("query.syntax", position=position, message=message, expected=expected, hint=hint)
