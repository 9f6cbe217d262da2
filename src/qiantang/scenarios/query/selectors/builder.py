"""What the page of the builder shows: rows with their choices, the query they make, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qiantang.commons.ui.api import word_for
from qiantang.corpus.classes import api as classes
from qiantang.corpus.register import api as register
from qiantang.corpus.register.methods.query_language.codes import CODES
from qiantang.corpus.register.methods.query_language.fields import BY_KEY, Kind
from qiantang.corpus.register.types import SearchRequest
from qiantang.kernel.errors import Invalid, NotFound, Unavailable
from qiantang.kernel.legalstatus import Status
from qiantang.scenarios.query.methods.builder import flaws_of, hows_of, query_of, shown
from qiantang.scenarios.query.selectors.faults import words_of
from qiantang.scenarios.query.selectors.field_words import BUCKETS, CONTAINS_ANY, FIELDS, GROUPS, HOWS
from qiantang.scenarios.query.types.asking import Group, How, Plan, Row

if TYPE_CHECKING:
    from qiantang.corpus.classes.types import ClassTitle
    from qiantang.kernel.actor import Actor

_CLASSES_SHOWN = 12
_BY_CHOICE = ("LS", "TY", "CC", "TF")  # fields whose values are picked from a list
_FROM_REGISTER = (Kind.REGION, Kind.PARTY)  # whether a value exists is known only to the tables


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    selected: bool = False


@dataclass(frozen=True, slots=True)
class RowForm:
    """One row as the page shows it. ``place`` is "group-row", counted from 0; ``number`` counts all rows from 1."""

    place: str
    number: int
    negated: bool
    field: str
    label: str
    explanation: str
    hows: list[Option]
    how: str
    first: str
    second: str
    choices: list[Option]
    parted: str
    fault: str
    hint: str
    expected: str


@dataclass(frozen=True, slots=True)
class GroupForm:
    place: int
    number: int
    joint: str
    negated: bool
    adds: str
    rows: list[RowForm]


@dataclass(frozen=True, slots=True)
class Made:
    """What the rows make: the query, how many patents it finds (None: not known), what is wrong, row by row."""

    query: str = ""
    total: int | None = None
    errors: list[dict[str, str]] = field(default_factory=list)


def field_options() -> list[tuple[str, list[Option]]]:
    """Every field under its heading."""
    return [(str(heading), [Option(key, str(FIELDS[key][0])) for key in keys]) for heading, keys in GROUPS]


def group_forms(plan: Plan, flaws: dict[tuple[int, int], Invalid]) -> list[GroupForm]:
    """The groups of rows, each row with its own flaw."""
    made, number = [], 0
    for place, group in enumerate(plan.groups):
        rows = []
        for line, row in enumerate(group.rows):
            number += 1
            rows.append(_row_form(row, f"{place}-{line}", number, flaws.get((place, line))))
        made.append(GroupForm(place, place + 1, str(group.joint), group.negated, f"add-row-{place}", rows))
    return made


def _row_form(row: Row, place: str, number: int, flaw: Invalid | None) -> RowForm:
    first, second = shown(row)
    name, explanation = FIELDS[row.field]
    choices = _choices(row)
    told = words_of(flaw) if flaw else dict.fromkeys(("message", "hint", "expected"), "")
    return RowForm(
        place=place,
        number=number,
        negated=row.negated,
        field=row.field,
        label=str(name),
        explanation=str(explanation),
        hows=[Option(str(how), _how_word(row.field, how), how is row.how) for how in hows_of(row.field)],
        how=str(row.how),
        first=first,
        second=second,
        choices=choices,
        parted="" if choices else _parted(row),
        fault=told["message"],
        hint=told["hint"],
        expected=told["expected"],
    )


def _parted(row: Row) -> str:
    """How several values are written into one box."""
    if row.how not in (How.ALL, How.ANY, How.IS):
        return ""
    if row.how is not How.IS and BY_KEY[row.field].kind is Kind.TEXT:
        return _("Several with blanks between them; quotation marks keep words together.")
    return _("Several with ； between them.")


def _how_word(key: str, how: How) -> str:
    is_text = bool(key) and BY_KEY[key].kind is Kind.TEXT
    return str(CONTAINS_ANY if how is How.ANY and is_text else HOWS[how])


def _choices(row: Row) -> list[Option]:
    """The list to pick from; empty where the value is typed: several values, or one the list does not hold."""
    if row.field not in _BY_CHOICE or row.how is not How.ANY or len(row.values) > 1:
        return []
    chosen = CODES[row.field].code(row.values[0]) if row.values else ""
    offered = _codes(row.field)
    if chosen and chosen not in offered:
        return []
    return [Option("", _("please choose")), *(Option(code, word, code == chosen) for code, word in offered.items())]


def _codes(key: str) -> dict[str, str]:
    language = get_language() or "zh"
    if key == "TF":
        return {str(one.number): one.name(language) for one in classes.FIELDS}
    if key == "LS":
        states = {str(one): word_for("status", one) for one in Status if str(one) not in BUCKETS}
        return {code: str(word) for code, word in BUCKETS.items()} | states
    vocabulary = {"TY": "type", "CC": "office"}[key]
    return {code: word_for(vocabulary, code) for code in dict.fromkeys(CODES[key].words.values())}


def made_of(plan: Plan) -> tuple[Made, dict[tuple[int, int], Invalid]]:
    """The query of the rows with its number of hits, and the flaw of each row."""
    flaws = flaws_of(plan)
    if not flaws:
        query = query_of(plan)
        try:
            return Made(query, total_of(query)), {}
        except Invalid as error:
            flaws = _unknown_values(plan) or {(0, 0): error}
    return Made(errors=_told(plan, flaws)), flaws


def _unknown_values(plan: Plan) -> dict[tuple[int, int], Invalid]:
    """Rows that name a region or a party which is not there: only the register can tell."""
    found = {}
    for place, group in enumerate(plan.groups):
        for line, row in enumerate(group.rows):
            if row.field and BY_KEY[row.field].kind not in _FROM_REGISTER:
                continue
            try:
                total_of(query_of(Plan(plan.joint, (Group(group.joint, (row,)),))))
            except Invalid as error:
                found[place, line] = error
    return found


def _told(plan: Plan, flaws: dict[tuple[int, int], Invalid]) -> list[dict[str, str]]:
    numbers: dict[tuple[int, int], int] = {}
    for place, group in enumerate(plan.groups):
        for line, _row in enumerate(group.rows):
            numbers[place, line] = len(numbers) + 1
    return [
        {
            "href": f"#v-{place}-{line}",
            "text": _("Row %(number)s: %(fault)s")
            % {"number": numbers[place, line], "fault": words_of(flaw)["message"]},
        }
        for (place, line), flaw in sorted(flaws.items())
    ]


def total_of(query: str) -> int | None:
    """How many patents a query finds; None where nothing is loaded, the index is not built, or nothing is asked.

    errors  Invalid ``query.syntax``
    """
    if not query:
        return None
    try:
        return register.search(SearchRequest(query=query, size=1)).total
    except (NotFound, Unavailable):
        return None


def written_rows(plan: Plan) -> list[int]:
    """The numbers of the rows that hold what no row can say."""
    rows = [row for group in plan.groups for row in group.rows]
    return [number for number, row in enumerate(rows, 1) if row.how is How.TEXT and row.values]


@dataclass(frozen=True, slots=True)
class ClassFound:
    """A place of the IPC in the reader's language, with what it stands under."""

    code: str
    title: str
    above: str


def classes_found(_actor: Actor, asked: str) -> list[ClassFound]:
    """The places of the IPC that a code or words may mean."""
    language = get_language() or "zh"
    found = classes.titles().find(asked, _CLASSES_SHOWN) if asked else ()
    return [ClassFound(one.code, one.title(language), _above(one, language)) for one in found]


def _above(place: ClassTitle, language: str) -> str:
    """The title one level up, where it helps to tell places apart."""
    line = classes.titles().line(place.code)
    return f"{line[-2].code} {line[-2].title(language)}" if len(line) > 1 else ""
