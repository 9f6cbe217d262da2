"""Words for what disputes show, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from qiantang.commons.accounts.types import REFUSALS as OF_ACCOUNTS
from qiantang.commons.casework.types import REFUSALS as OF_CASES
from qiantang.commons.evidence.types import REFUSALS as OF_EVIDENCE
from qiantang.commons.refdata.types import REFUSALS as OF_NUMBERS
from qiantang.scenarios.protection.rules.channels import ROUTE_WORDS
from qiantang.scenarios.protection.rules.routes import ROUTES
from qiantang.scenarios.protection.rules.words import FACT_WORDS, MATTER_WORDS, OUTCOME_WORDS, RIGHT_WORDS, SIDE_WORDS
from qiantang.scenarios.protection.types import REFUSALS, Matter, Outcome, RightKind, Route, RouteFigures, Side
from qiantang.scenarios.protection.workflow import CLUE, KIND_OF_ROUTE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.kernel.errors import DomainError
    from qiantang.scenarios.protection.selectors.disputes import DisputeShown, ExhibitShown, ProceedingShown
    from qiantang.scenarios.protection.types import Intake

_SENTENCES = {**OF_ACCOUNTS, **OF_EVIDENCE, **OF_CASES, **OF_NUMBERS, **REFUSALS}
_RULES = {one.code: one for one in ROUTES.rules}
_BOOLS = (
    "right_in_force",
    "stop_wanted",
    "clear",
    "online",
    "both_agree",
    "arbitration_agreement",
    "urgent",
    "validity_doubt",
    "foreign",
    "nationwide",
    "organised",
)
_KINDS = {
    "happened_on": "date",
    "known_on": "date",
    "damages_yuan": "number",
    "counterfeit_yuan": "number",
    "description": "long",
    "wanted": "long",
    "right_kind": "choice",
    "matter": "choice",
} | dict.fromkeys(_BOOLS, "flag")
GROUPS = (
    ("right", ("right_kind", "right_number", "right_title", "right_in_force")),
    ("act", ("matter", "respondent", "place", "happened_on", "known_on", "goods", "description")),
    ("wish", ("wanted", "stop_wanted", "damages_yuan")),
    (
        "deciding",
        (
            "clear",
            "online",
            "both_agree",
            "arbitration_agreement",
            "urgent",
            "validity_doubt",
            "foreign",
            "nationwide",
            "organised",
            "counterfeit_yuan",
        ),
    ),
)


def told(error: DomainError) -> str:
    """Sentence and next step of a refusal; one that is not told here is for the page of errors."""
    return " ".join(gettext(text) % error.facts for text in _SENTENCES[error.code])


def tellable(error: DomainError) -> bool:
    """Whether a refusal is told on the page where it happened."""
    return error.code in _SENTENCES


@dataclass(frozen=True, slots=True)
class RouteShown:
    """A route on offer, with what decides for it, what it brings and asks, and what closed ones say."""

    key: str
    title: str
    effect: str
    time: str
    cost: str
    papers: tuple[str, ...]
    source: str
    reasons: tuple[tuple[str, str, str], ...]
    figures: RouteFigures
    running: str


def rule_rows(codes: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
    """(code, text, source) of rules."""
    return tuple((code, gettext(_RULES[code].text), gettext(_RULES[code].source)) for code in codes)


def route_word(route: str) -> str:
    return gettext(ROUTE_WORDS[Route(route)].title)


def route_rows(shown: DisputeShown, figures: dict[Route, RouteFigures]) -> list[RouteShown]:
    """The routes on offer, in their order."""
    running = {one.route: one.number for one in shown.proceedings if not one.outcome}
    return [
        route_shown(one.route, rule_rows(one.reasons), figures[one.route], running.get(one.route, ""))
        for one in shown.routing.offered
    ]


def route_shown(
    route: Route, reasons: tuple[tuple[str, str, str], ...], figures: RouteFigures, running: str = ""
) -> RouteShown:
    words = ROUTE_WORDS[route]
    return RouteShown(
        key=route,
        title=gettext(words.title),
        effect=gettext(words.effect),
        time=gettext(words.time),
        cost=gettext(words.cost),
        papers=tuple(gettext(one) for one in words.papers),
        source=gettext(words.source),
        reasons=reasons,
        figures=figures,
        running=running,
    )


def closed_rows(shown: DisputeShown) -> list[dict[str, object]]:
    """The routes that a rule closes, with that rule."""
    return [
        {"title": route_word(route), "rule": rule_rows([code])[0]} for route, code in shown.routing.excluded.items()
    ]


def field_rows(told_now: Intake, typed: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """The intake as groups of fields."""
    choices = {"right_kind": RIGHT_WORDS, "matter": MATTER_WORDS}
    groups = []
    for key, names in GROUPS:
        rows = []
        for name in names:
            value = getattr(told_now, name) if typed is None else typed.get(name, "")
            options = [(str(one), gettext(word)) for one, word in choices.get(name, {}).items()]  # type: ignore[attr-defined] # two vocabularies of different enumerations
            rows.append(
                {
                    "name": name,
                    "label": gettext(FACT_WORDS[name]),
                    "kind": _KINDS.get(name, "text"),
                    "value": value,
                    "choices": options,
                    "word": dict(options).get(str(value), ""),
                }
            )
        groups.append({"key": key, "rows": rows})
    return groups


def exhibit_rows(exhibits: Sequence[ExhibitShown]) -> list[dict[str, object]]:
    return [{"exhibit": one, "side": side_word(one.side)} for one in exhibits]


def side_word(side: str) -> str:
    return gettext(SIDE_WORDS[Side(side)])


def outcome_word(outcome: str) -> str:
    return gettext(OUTCOME_WORDS[Outcome(outcome)]) if outcome else ""


def right_word(kind: str) -> str:
    return gettext(RIGHT_WORDS[RightKind(kind)]) if kind else ""


def right_choices() -> list[tuple[str, str]]:
    return [(str(one), gettext(word)) for one, word in RIGHT_WORDS.items()]


def matter_word(matter: str) -> str:
    return gettext(MATTER_WORDS[Matter(matter)]) if matter else ""


def proceeding_rows(proceedings: Sequence[ProceedingShown]) -> list[dict[str, object]]:
    """The routes taken, with the words of their states."""
    rows: list[dict[str, object]] = []
    for one in proceedings:
        flow = CLUE if one.kind == CLUE.key else KIND_OF_ROUTE[one.route]
        state = flow.workflow.state(one.state)
        rows.append(
            {
                "row": one,
                "route": route_word(one.route),
                "state": gettext(state.party),
                "final": state.final,
                "outcome": outcome_word(one.outcome),
            }
        )
    return rows


def fact_word(name: str) -> str:
    return gettext(FACT_WORDS[name])


def field_words(keys: object) -> str:
    """The fields of a mediator in words."""
    named = {str(key): word for words in (RIGHT_WORDS, MATTER_WORDS) for key, word in words.items()}
    listed = keys if isinstance(keys, list) else []
    return "、".join(gettext(named[key]) if key in named else str(key) for key in listed)
