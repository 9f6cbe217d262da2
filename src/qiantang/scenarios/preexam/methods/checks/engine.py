"""The engine: rules with their functions, held against a draft, findings in one order.

What a rule says, how severe it is, what it rests on and which drafts it concerns stands in ``rules/*.toml``; what it looks
for is a function that yields ``Hit``s. The result depends on the draft, the day and the switches, on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib import import_module
from typing import Final

from qiantang.scenarios.preexam.methods.checks.citing import cited, edition
from qiantang.scenarios.preexam.methods.checks.claim_reading import ReadClaim
from qiantang.scenarios.preexam.methods.checks.lists import table, values
from qiantang.scenarios.preexam.methods.checks.reading import Reading
from qiantang.scenarios.preexam.methods.documents import Draft, Paragraph
from qiantang.scenarios.preexam.types import (
    DraftType,
    Finding,
    Office,
    Part,
    Place,
    Report,
    Severity,
    Unchecked,
    Wanted,
    Words,
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a rule holds against a draft.

    facts     values of the sentence
    saying    which of the rule's sentences, where it has several
    severity  where it differs from the rule's own
    """

    part: Part
    place: Place = field(default_factory=Place)
    claim: int | None = None
    figure: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    saying: str = ""
    severity: Severity | None = None


class NotChecked(Exception):
    """The draft does not hold what the rule looks at. ``reason`` is a key of the table ``unchecked`` in rules/engine.toml."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


Check = Callable[[Reading], Iterator[Hit]]
_CHECKS: dict[str, Check] = {}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as its table tells it. ``applies`` holds I, U, D; ``on`` is False for one that is off by default."""

    id: str
    office: Office
    severity: Severity
    applies: str
    source: str
    title: Words
    says: Mapping[str, Words]
    advice: Words
    since: date | None
    on: bool

    def concerns(self, kind: DraftType) -> bool:
        return _LETTERS[kind] in self.applies


_LETTERS: Final = {DraftType.INVENTION: "I", DraftType.UTILITY_MODEL: "U", DraftType.DESIGN: "D"}
_TABLES: Final = ("request", "abstract", "claims", "description", "drawings", "design", "offices")
_MODULES: Final = (
    *("request", "abstract", "claim_set", "claim_references", "claim_wording", "claim_terms", "claim_subjects"),
    *("description", "drawings", "design", "offices"),
)
_ORDER: Final = {part: place for place, part in enumerate(Part)}
_BY_LAST: Final = 2**31


def checks(rule: str) -> Callable[[Check], Check]:
    """Names the function of a rule."""

    def named(function: Check) -> Check:
        if rule in _CHECKS:
            raise ValueError(f"rule {rule} has two functions")
        _CHECKS[rule] = function
        return function

    return named


@lru_cache(maxsize=1)
def rulebook() -> Mapping[str, Rule]:
    """Every rule by its id, in the order of the tables. Errors: ValueError where a rule has no function, or the reverse."""
    for name in _MODULES:
        import_module(f"qiantang.scenarios.preexam.methods.checks.{name}")
    rules = {}
    for name in _TABLES:
        for key, told in table(f"rules/{name}.toml").items():
            says = (
                {saying: Words(*pair) for saying, pair in told["says"].items()}
                if isinstance(told["says"], dict)
                else {"": Words(*told["says"])}
            )
            rules[key] = Rule(
                id=key,
                office=Office(told.get("office", "CN")),
                severity=Severity(told["severity"]),
                applies=told["applies"],
                source=told["source"],
                title=Words(*told["title"]),
                says=says,
                advice=Words(*told["advice"]),
                since=told.get("since"),
                on=told.get("on", True),
            )
    if rules.keys() != _CHECKS.keys():
        raise ValueError(f"rules and functions differ: {sorted(rules.keys() ^ _CHECKS.keys())}")
    return rules


def check(draft: Draft, wanted: Wanted, *, twin: Draft | None = None) -> Report:
    """Hold the rules of a day against a draft.

    twin  the other application for the same invention of the same day, where there is one (RQ-12)
    """
    reading = Reading(draft, wanted, twin)
    findings: list[tuple[tuple[int, int, int, str, int], Finding]] = []
    unchecked: list[Unchecked] = []
    for rule in rulebook().values():
        if not _is_wanted(rule, wanted, reading.type):
            continue
        try:
            hits = list(_CHECKS[rule.id](reading))
        except NotChecked as missing:
            unchecked.append(Unchecked(rule.id, _reason(missing.reason)))
            continue
        for place, hit in enumerate(hits):
            findings.append((_order(rule, hit, place), _finding(reading, rule, hit)))
    ordered = tuple(one for _, one in sorted(findings, key=lambda pair: pair[0]))
    return Report(reading.type, wanted.office, wanted.as_of, rules_version(wanted), ordered, tuple(unchecked))


def rules_version(wanted: Wanted) -> str:
    """Version of the rule book and edition of the regulations, ``1.0+ir2023``."""
    version = values("rulebook")["version"]
    return f"{version}+{edition(wanted.as_of)}" if wanted.office is Office.CN else f"{version}+{wanted.office.lower()}"


def _is_wanted(rule: Rule, wanted: Wanted, kind: DraftType) -> bool:
    return (
        rule.office is wanted.office
        and rule.concerns(kind)
        and (rule.since is None or rule.since <= wanted.as_of)
        and rule.id not in wanted.without
        and (rule.on or rule.id in wanted.with_)
    )


def _reason(key: str) -> Words:
    return Words(*table("rules/engine.toml")["unchecked"][key])


def _order(rule: Rule, hit: Hit, place: int) -> tuple[int, int, int, str, int]:
    paragraph = hit.place.paragraph
    return (_ORDER[hit.part], _BY_LAST if paragraph is None else paragraph, hit.place.start, rule.id, place)


def _finding(reading: Reading, rule: Rule, hit: Hit) -> Finding:
    saying = rule.says[hit.saying]
    facts = {"claim": hit.claim, "figure": hit.figure, **hit.facts}
    return Finding(
        rule=rule.id,
        severity=hit.severity or rule.severity,
        part=hit.part,
        claim=hit.claim,
        figure=hit.figure,
        place=hit.place,
        excerpt=_excerpt(reading, hit),
        message=Words(saying.zh.format_map(facts), saying.en.format_map(facts)),
        suggestion=Words(rule.advice.zh.format_map(facts), rule.advice.en.format_map(facts))
        if hit.facts
        else rule.advice,
        source=cited(rule.source, reading.as_of),
        rule_version=f"{rule.id}@{values('rulebook')['version']}",
    )


def _excerpt(reading: Reading, hit: Hit) -> str:
    section = reading.draft.section(hit.part)
    if section is None or hit.place.paragraph is None or hit.place.paragraph > len(section.paragraphs):
        return ""
    text = section.paragraphs[hit.place.paragraph - 1].text[hit.place.start : hit.place.end]
    most = int(values("limits")["excerpt"])
    return text if len(text) <= most else text[: most - 1] + "…"


# --- hits ------------------------------------------------------------------------------------------------------------


def in_claim(
    claim: ReadClaim,
    start: int,
    end: int,
    *,
    severity: Severity | None = None,
    saying: str = "",
    told: Mapping[str, object] | None = None,
    **facts: object,
) -> Hit:
    """A hit on a stretch of a claim's text. Facts come by name, or together as ``told``."""
    paragraph, begin, finish = claim.place(start, end)
    place = Place(paragraph, begin, max(begin, finish))
    return Hit(Part.CLAIMS, place, claim.number, facts=told or facts, saying=saying, severity=severity)


def on_claim(claim: ReadClaim, *, saying: str = "", **facts: object) -> Hit:
    """A hit on a claim as a whole: its first line."""
    return in_claim(claim, 0, len(claim.text.partition("\n")[0]), saying=saying, told=facts)


def in_paragraph(
    part: Part,
    paragraph: Paragraph,
    start: int,
    end: int,
    *,
    severity: Severity | None = None,
    saying: str = "",
    told: Mapping[str, object] | None = None,
    **facts: object,
) -> Hit:
    """A hit on a stretch of a paragraph."""
    place = Place(paragraph.number, start, end)
    return Hit(part, place, facts=told or facts, saying=saying, severity=severity)


def on_paragraph(part: Part, paragraph: Paragraph, *, saying: str = "", **facts: object) -> Hit:
    """A hit on a paragraph as a whole."""
    return in_paragraph(part, paragraph, 0, len(paragraph.text), saying=saying, told=facts)
