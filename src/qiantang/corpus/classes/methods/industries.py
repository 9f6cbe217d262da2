"""Which industries an IPC symbol belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qiantang.corpus.classes.types import Industry, IndustryRule


def within(symbol: str, place: str) -> bool:
    """Whether a symbol lies in a place of the classification: ``H04N5/33`` in ``H04N5``, ``H04N`` and ``H04``."""
    if not symbol.startswith(place):
        return False
    rest = symbol[len(place) :]
    # H04N5 holds H04N5/33, not H04N57; G06F9/4 does not hold G06F9/44, whose place in the tree its digits do not tell
    return not (rest and place[-1].isdigit() and len(place) > len("H04N") and rest[0] != "/")


class IndustryTable:
    """The industries of one scheme and the concordance that leads to them. A symbol may belong to several, or to none."""

    def __init__(
        self, scheme: str, version: str, industries: Iterable[Industry], rules: Sequence[IndustryRule]
    ) -> None:
        self.scheme, self.version = scheme, version
        self._industries: Mapping[str, Industry] = {one.code: one for one in industries}
        self._by_subclass: dict[str, list[tuple[str, IndustryRule]]] = {}
        self._short: list[tuple[str, IndustryRule]] = []
        for rule in rules:
            for place in rule.include:
                if len(place) < len("H04N"):
                    self._short.append((place, rule))
                else:
                    self._by_subclass.setdefault(place[:4], []).append((place, rule))

    @property
    def industries(self) -> tuple[Industry, ...]:
        """All industries, those at the top and their branches, in the order of the scheme."""
        return tuple(self._industries.values())

    @property
    def tops(self) -> tuple[Industry, ...]:
        """The industries at the top."""
        return tuple(one for one in self._industries.values() if not one.parent)

    def get(self, code: str) -> Industry | None:
        """An industry by its code."""
        return self._industries.get(code)

    def branches_of(self, symbol: str, *, sure: bool = False) -> frozenset[str]:
        """The industries that rules name for a symbol.

        sure    only by rules that need no words besides; without, by IPC alone, which takes too much where a rule needs them
        """
        candidates = (*self._by_subclass.get(symbol[:4], ()), *self._short)
        return frozenset(
            rule.industry
            for place, rule in candidates
            if not (sure and rule.keywords) and within(symbol, place) and not _excluded(symbol, place, rule)
        )

    def industries_of(self, symbol: str, *, sure: bool = False) -> frozenset[str]:
        """The same at the top of the scheme."""
        return frozenset(self._top(code) for code in self.branches_of(symbol, sure=sure))

    def _top(self, code: str) -> str:
        while (one := self._industries.get(code)) is not None and one.parent:
            code = one.parent
        return code


def _excluded(symbol: str, place: str, rule: IndustryRule) -> bool:
    """A place that stands in both lists of a rule is meant to be in it."""
    return any(within(symbol, one) for one in rule.exclude if one != place)
