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
    "protection.collected_when": (
        "It was made between %(earliest)s and now.",
        "Check the time and its zone, or leave it out.",
    ),
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
    "protection.register_columns": (
        "The table has no columns body and name.",
        "Use the columns: %(known)s.",
    ),
    "protection.register_row": (
        "Row %(place)s cannot be taken in: name, body, number or user name is wrong.",
        "Correct the row; nothing was taken in.",
    ),
    "protection.mediator_unknown": ("There is no such mediator.", "Choose one of the list."),
    "protection.mediator_unfit": ("%(name)s cannot be asked: %(why)s.", "Choose another one."),
    "protection.not_the_mediator": ("Only the mediator may do this.", "Sign in as the mediator of this matter."),
    "protection.no_mediator": ("No mediator is asked at the moment.", "Choose one."),
    "protection.objected_already": (
        "Each side may want another mediator once, and yours has.",
        "Tell the mediator or the office what troubles you.",
    ),
    "protection.room_closed": ("The room of this mediation is not open now.", "Look at the state of the matter."),
    "protection.channel_closed": ("You are not in this channel.", "Use the joint channel or your own."),
    "protection.proposal_unknown": ("There is no such proposal.", "Load the page again."),
    "protection.proposal_old": (
        "There is a newer proposal, version %(version)s.",
        "Answer that one, or put your own.",
    ),
    "protection.session_unknown": ("There is no such meeting.", "Load the page again."),
    "protection.minutes_confirmed": (
        "Both sides have confirmed these minutes.",
        "Note what is new at the next meeting.",
    ),
    "protection.minutes_missing": ("The minutes are not written yet.", "Wait for the mediator."),
    "protection.bid_already": ("You have bid in this round.", "Wait for the other side."),
    "protection.bids_used": (
        "All %(rounds)s rounds of blind bids are used.",
        "Put a proposal, or ask the mediator for one.",
    ),
    "protection.not_agreed": (
        "Both sides have not agreed to the newest proposal yet.",
        "Agree to it first, or put another one.",
    ),
    "protection.perform_by_missing": (
        "The proposal does not say by when it is performed.",
        "Put it again with a day: the law asks for it.",
    ),
    "protection.nothing_to_sign": ("There is no agreement to be signed now.", "Load the page again."),
    "protection.other_text": ("The text is another one than you saw.", "Load the page, read it, and sign again."),
    "protection.signed_already": ("You have signed.", "Wait for the others."),
    "protection.sham_warning": (
        "Sign only after saying that you know sham mediation is punished.",
        "Read the warning and tick the box.",
    ),
    "protection.not_in_force": ("There is no agreement in force.", "Look at the state of the matter."),
    "protection.confirmation_late": (
        "Confirmation could be asked for until %(day)s.",
        "The agreement binds as before; a breach is for the court.",
    ),
    "protection.performance_unknown": (
        "This was noted already, or is not part of the agreement.",
        "Load the page again.",
    ),
    "protection.code_wrong": (
        "Number and one-time code do not belong together, or the code is used up.",
        "Compare both with the letter, or ask the office for a new code.",
    ),
    "protection.side_taken": ("Somebody has joined on this side already.", "Ask the office."),
    "protection.delegated_already": ("The court's case %(reference)s is here already.", "Go on with that one."),
    "protection.file_closed": ("Papers are not taken at this stage.", "Look at the state of the file."),
    "protection.not_served": (
        "The paper is not served yet on everybody it has to be.",
        "Serve it, and note the proof of its arrival.",
    ),
    "protection.paper_unknown": ("There is no such paper to serve.", "Load the page again."),
    "protection.service_unknown": ("This service is settled already, or is not here.", "Load the page again."),
    "protection.nobody_to_serve": (
        "Nobody on that side has joined with an account.",
        "Serve it in another way, or send a one-time code.",
    ),
    "protection.try_first": (
        "This way stands in only for one that has failed.",
        "Try another way first, and note its failure.",
    ),
    "protection.connector_unknown": ("There is no such body to exchange with.", "Check the address."),
    "protection.envelope": (
        "The message is not taken: %(reason)s.",
        "Check its form, its signature and for whom it is.",
    ),
    "protection.visit_over": ("This look is over.", "Ask the office for a new one-time code."),
    "protection.claim_empty": ("A chart needs the text of a claim and a product.", "Paste the independent claim."),
    "protection.element_unknown": ("There is no such element.", "Load the page again."),
    "protection.exhibit_unknown": (
        "The deposit %(number)s is no evidence in this dispute.",
        "Attach it to the dispute first.",
    ),
    "protection.outcome_columns": (
        "The table has no columns route, reference and source.",
        "Use the columns: %(known)s.",
    ),
    "protection.outcome_row": (
        "Row %(place)s cannot be taken in: route, reference, source, yes or no, or a number is wrong.",
        "Correct the row; nothing was taken in.",
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


class Method(StrEnum):
    """How a paper is served (CPL art. 88 to 95). Leaving it and public notice stand in for what has failed."""

    ELECTRONIC = "electronic"
    PERSON = "person"
    POST = "post"
    LEFT = "left"
    PUBLIC_NOTICE = "public_notice"
