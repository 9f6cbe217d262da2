"""Protection as values, and the sentences of what is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

REFUSALS = {
    "protection.upload_too_large": (
        "Files of more than %(limit)s MB are not looked at here.",
        "Let the browser compute the digest, or check the package with verify.py.",
    ),
    "protection.digests_malformed": ("The digests that the browser sent cannot be read.", "Choose the files again."),
    "protection.language": ("There is no certificate in the language %(given)s.", "Choose zh or en."),
    "protection.sign_in_first": ("A dispute belongs to an account.", "Sign in."),
    "protection.not_yours": (
        "Only who brought the dispute may do this.",
        "Sign in as that person, or act for that organisation.",
    ),
    "protection.office_only": ("Only the office may do this.", "Sign in with an account of the office."),
    "protection.facts_missing": (
        "The intake is not complete: %(missing)s.",
        "Fill in what is missing; what you do not know may stay open where the form says so.",
    ),
    "protection.not_editable": (
        "The intake was filed and is not changed any more.",
        "Add evidence, or write to the office in the case.",
    ),
    "protection.on_its_page": (
        "This step is taken on the page of the matter, where it is looked at whether all is there.",
        "Open the matter and take the step there.",
    ),
    "protection.route_unknown": ("There is no route %(given)s.", "Choose one of those offered."),
    "protection.route_excluded": (
        "This route is closed for the dispute by rule %(rule)s.",
        "Choose one of those offered, or correct what the intake says.",
    ),
    "protection.route_running": (
        "This route is under way already: %(number)s.",
        "Go on there; another one may run beside it.",
    ),
    "protection.not_filed": ("A route is chosen after the intake is filed.", "File the intake first."),
    "protection.exhibit_known": ("The deposit %(number)s is in the dispute already.", "Choose another one."),
    "protection.step_unknown": ("There is no step %(given)s here.", "Load the page again."),
    "protection.step_of_another": (
        "This step belongs to another side of the matter.",
        "Wait for that side, or write to the office.",
    ),
    "protection.unreadable": ("Something in the form cannot be read: %(fields)s.", "Correct it and send it again."),
}


class Route(StrEnum):
    """Where a dispute may go."""

    ASSISTANCE = "assistance"
    MEDIATION = "mediation"
    ARBITRATION = "arbitration"
    ADJUDICATION = "adjudication"
    ENFORCEMENT = "enforcement"
    COURT = "court"
    POLICE = "police"
    PLATFORM = "platform"
    CUSTOMS = "customs"
    NATIONAL = "national"


class RightKind(StrEnum):
    """The right that is said to be hurt."""

    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"
    TRADE_MARK = "trade_mark"
    GEOGRAPHICAL = "geographical"
    TRADE_SECRET = "trade_secret"  # noqa: S105 - a kind of right
    COPYRIGHT = "copyright"
    OTHER = "other"


PATENTS = frozenset({RightKind.INVENTION, RightKind.UTILITY_MODEL, RightKind.DESIGN})


class Matter(StrEnum):
    """What the dispute is about."""

    INFRINGEMENT = "infringement"
    PASSING_OFF = "passing_off"
    COUNTERFEIT = "counterfeit"
    GI_MISUSE = "gi_misuse"
    OWNERSHIP = "ownership"
    INVENTORSHIP = "inventorship"
    REMUNERATION = "remuneration"
    UNFAIR = "unfair"


class Side(StrEnum):
    """Who somebody is in a matter."""

    APPLICANT = "applicant"
    RESPONDENT = "respondent"
    MEDIATOR = "mediator"
    OFFICE = "office"


class Outcome(StrEnum):
    """How a proceeding ended. Successful are an agreement or a favourable decision, and a withdrawal after settlement."""

    SUCCESS = "success"
    SETTLED = "settled"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    CHANGED = "changed"


SUCCESSFUL = frozenset({Outcome.SUCCESS, Outcome.SETTLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What a person tells once, for every route. None: not said, or not known."""

    right_kind: str = ""
    right_number: str = ""
    right_title: str = ""
    right_in_force: bool | None = None
    matter: str = ""
    respondent: str = ""
    place: str = ""
    happened_on: date | None = None
    known_on: date | None = None
    goods: str = ""
    description: str = ""
    wanted: str = ""
    stop_wanted: bool | None = None
    damages_yuan: int | None = None
    clear: bool | None = None
    online: bool | None = None
    both_agree: bool | None = None
    arbitration_agreement: bool | None = None
    urgent: bool | None = None
    validity_doubt: bool | None = None
    foreign: bool | None = None
    nationwide: bool | None = None
    organised: bool | None = None
    counterfeit_yuan: int | None = None

    def missing(self) -> tuple[str, ...]:
        """The names of what RA-01 asks for and was not said."""
        return tuple(name for name in MANDATORY if getattr(self, name) in (None, ""))


MANDATORY = (
    "right_kind",
    "right_number",
    "right_in_force",
    "matter",
    "respondent",
    "place",
    "happened_on",
    "description",
    "wanted",
)


@dataclass(frozen=True, slots=True)
class OfferedRoute:
    """A route as the rules offer it: in which place, and by which rules."""

    route: Route
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Routing:
    """What the 13 rules give for a dispute.

    offered     in the order of the table
    excluded    route -> the rule that closes it
    notes       rules that hold and name no route
    open        rules that cannot be judged: what would have to be known
    """

    offered: tuple[OfferedRoute, ...]
    excluded: dict[Route, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RouteFigures:
    """What closed proceedings of a route say. None: not known, or too few.

    closed      how many closed ones there are; ``enough``: whether figures are told at all
    """

    closed: int
    enough: bool
    success_rate: str | None = None
    median_days: int | None = None
    median_amount_yuan: int | None = None
    median_cost_yuan: int | None = None
    amount_sample: int = 0
    cost_sample: int = 0
