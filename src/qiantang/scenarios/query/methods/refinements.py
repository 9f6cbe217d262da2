"""Conditions that the page adds to a query: what is chosen in a facet, left out of it, or a span of years.

Each is text of the query language in one spelling, so that it can stand in the address and be read out of it again:

    CC=="CN"              one value           NOT CC==("CN", "US")  none of these
    CC==("CN", "US")      any of these        AY=[2018 TO 2020]     a span of years, * leaves an end open
    AY:*                  any value           NOT AY:*              no value is known
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_CONDITION = re.compile(
    rf"(?P<no>NOT )?(?P<key>[A-Z]{{2,3}})(?:==(?P<one>{_QUOTED})|==\((?P<some>{_QUOTED}(?:, {_QUOTED})+)\)"
    r"|=\[(?P<low>[0-9]{4}|\*) TO (?P<high>[0-9]{4}|\*)\]|(?P<any>:\*))",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Refinement:
    """One condition.

    values    any of these; empty where it is a span, or asks only whether a value is known
    excluded  none of these; of no values: no value is known
    span      first and last year, None for an open end
    """

    key: str
    values: tuple[str, ...] = ()
    excluded: bool = False
    span: tuple[int | None, int | None] | None = None

    def __str__(self) -> str:
        no = "NOT " if self.excluded else ""
        if self.span is not None:
            low, high = ("*" if end is None else f"{end:04d}" for end in self.span)
            return f"{no}{self.key}=[{low} TO {high}]"
        if not self.values:
            return f"{no}{self.key}:*"
        said = [f'"{_escaped(one)}"' for one in self.values]
        return f"{no}{self.key}=={said[0]}" if len(said) == 1 else f"{no}{self.key}==({', '.join(said)})"

    def without(self, value: str) -> Refinement | None:
        """The condition without one of its values; None where nothing is left of it."""
        rest = tuple(one for one in self.values if one != value)
        return replace(self, values=rest) if rest else None


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')


def _plain(quoted: str) -> str:
    return re.sub(r"\\(.)", r"\1", quoted[1:-1], flags=re.DOTALL)


def read(condition: str) -> Refinement | None:
    """The condition that a text is; None where it is none that the page makes."""
    found = _CONDITION.fullmatch(condition)
    if found is None:
        return None
    excluded = found["no"] is not None
    if found["low"] is not None:
        low, high = (None if end == "*" else int(end) for end in (found["low"], found["high"]))
        return Refinement(found["key"], excluded=excluded, span=(low, high))
    if found["any"] is not None:
        return Refinement(found["key"], excluded=excluded)
    said = [found["one"]] if found["one"] is not None else re.findall(_QUOTED, found["some"])
    return Refinement(found["key"], tuple(map(_plain, said)), excluded)
