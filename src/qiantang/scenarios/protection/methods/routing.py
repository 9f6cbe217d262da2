"""From rules that hold to routes in order: the table is read from the top, what one rule closes stays closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qiantang.scenarios.protection.types import OfferedRoute, Route, Routing

ALWAYS_OPEN = (Route.MEDIATION, Route.COURT, Route.CUSTOMS, Route.ASSISTANCE)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a rule does to the list.

    first   its routes stand before those of the rules above it
    """

    recommend: tuple[Route, ...] = ()
    exclude: tuple[Route, ...] = ()
    first: bool = False


def routed(held: Sequence[str], unknown: Sequence[str], effects: Mapping[str, Effect]) -> Routing:
    """The routes for a dispute.

    held     codes of the rules that hold, in the order of the table
    unknown  codes of those that cannot be judged
    effects  code -> what it does; a code without routes is a note
    """
    excluded: dict[Route, str] = {}
    for code in held:
        for route in effects[code].exclude:
            excluded.setdefault(route, code)
    ordered = [code for code in held if effects[code].first] + [code for code in held if not effects[code].first]
    reasons: dict[Route, list[str]] = {}
    for code in ordered:
        for route in effects[code].recommend:
            if route not in excluded:
                reasons.setdefault(route, []).append(code)
    for route in ALWAYS_OPEN:
        if route not in excluded:
            reasons.setdefault(route, [])
    return Routing(
        offered=tuple(OfferedRoute(route, tuple(codes)) for route, codes in reasons.items()),
        excluded=excluded,
        notes=tuple(code for code in held if not effects[code].recommend and not effects[code].exclude),
        open=tuple(unknown),
    )
