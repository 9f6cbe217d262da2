"""Protection as values, and the sentences of what is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from qiantang.scenarios.protection.types.refusals import REFUSALS as REFUSALS

if TYPE_CHECKING:
    from datetime import date


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


JOINT = "joint"
# side -> the channels it is in; a caucus is one side with the mediator
CHANNELS = {
    Side.APPLICANT: (JOINT, str(Side.APPLICANT)),
    Side.RESPONDENT: (JOINT, str(Side.RESPONDENT)),
    Side.MEDIATOR: (JOINT, str(Side.APPLICANT), str(Side.RESPONDENT)),
    Side.OFFICE: (),
}


class PaperKind(StrEnum):
    """A paper in the file of an adjudication."""

    REQUEST = "request"
    ANSWER = "answer"
    STATEMENT = "statement"
    HEARING_NOTICE = "hearing_notice"
    HEARING_RECORD = "hearing_record"
    PROPOSAL = "proposal"
    DECISION = "decision"
    INVESTIGATION = "investigation"
    GOODS_LIST = "goods_list"
    APPRAISAL = "appraisal"
    MATERIAL = "material"
    TRANSFER = "transfer"
    OPINION = "opinion"


# What goes along with a suspected crime; the first two have to, the letter of transfer is made of them
CLUE_PAPERS = (PaperKind.INVESTIGATION, PaperKind.GOODS_LIST, PaperKind.APPRAISAL, PaperKind.MATERIAL)
CLUE_PAPERS_NEEDED = CLUE_PAPERS[:2]
PROCURATORATE = "procuratorate"
CONNECTORS = frozenset({*map(str, Route), PROCURATORATE})


class Answer(StrEnum):
    """What became of a letter to a platform. COUNTERED: the shop made a counter-statement."""

    SENT = "sent"
    REMOVED = "removed"
    REFUSED = "refused"
    COUNTERED = "countered"
    SILENT = "silent"


class Method(StrEnum):
    """How a paper is served (CPL art. 88 to 95). Leaving it and public notice stand in for what has failed."""

    ELECTRONIC = "electronic"
    PERSON = "person"
    POST = "post"
    LEFT = "left"
    PUBLIC_NOTICE = "public_notice"
