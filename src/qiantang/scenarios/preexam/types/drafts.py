"""The words of requests for pre-examination: papers, outcomes, reasons, events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_noop as _


class Paper(StrEnum):
    """A document that stands beside the draft."""

    SELF_CHECK = "self_check"
    PRIOR_ART = "prior_art"
    UNDERTAKING = "undertaking"
    POWER_OF_ATTORNEY = "power_of_attorney"


PAPER_NAMES = {
    Paper.SELF_CHECK: _("Self-check sheet of the applicant"),
    Paper.PRIOR_ART: _("Report of the prior-art search"),
    Paper.UNDERTAKING: _("Undertaking, signed"),
    Paper.POWER_OF_ATTORNEY: _("Power of attorney for the agency"),
}


class Outcome(StrEnum):
    """How a pre-examination ends by decision."""

    QUALIFIED = "qualified"
    UNQUALIFIED = "unqualified"
    TERMINATED = "terminated"


OUTCOME_NAMES = {
    Outcome.QUALIFIED: _("Passed"),
    Outcome.UNQUALIFIED: _("Not passed"),
    Outcome.TERMINATED: _("Terminated"),
}

_MEASURES = _("CNIPA trial measures on pre-examination (2023), and practice of centres")
_LOCAL = _("Published practice of protection centres; differs by city")
# code -> (what it is called, what it rests on: a message id, or articles as ``methods.checks.citing`` reads them)
REASONS = {
    "out_of_field": (_("Outside the approved fields"), _MEASURES),
    "subject_not_filed": (
        _("The applicant is not filed as a subject"),
        _MEASURES,
    ),
    "formal_defects": (_("Formal defects after the last round"), "IR 50(1)"),
    "no_novelty": (_("Obviously not new"), "PL 22(2)"),
    "no_inventive_step": (_("Obviously without inventive step"), "PL 22(3)"),
    "not_patentable": (_("Not a subject of protection"), "PL 5; PL 25"),
    "unclear": (_("Claims unclear or not supported"), "PL 26(4)"),
    "not_disclosed": (_("Not sufficiently disclosed"), "PL 26(3)"),
    "no_unity": (_("No unity"), "PL 31(1)"),
    "abnormal": (_("Suspected abnormal filing"), "IR 11"),
    "late_reply": (_("No reply in time"), _LOCAL),
    "undeclared_change": (_("Changes of one's own that were not declared"), _LOCAL),
}

# facts of the entry that the applicant states; name -> question
STATEMENTS = {
    "international": _("Is it a PCT or Hague application, or the entry of one into the national phase?"),
    "divisional": _("Is it a divisional application?"),
    "secret": _("Does it need a secrecy examination?"),
    "filed_already": _("Was it filed at CNIPA, or the same draft published, before?"),
    "twin": _("Is the same invention filed as a utility model on the same day?"),
    "priority": _("Does it claim priority?"),
    "electronic": _("Will it be filed electronically, with all requests and fees on the filing day?"),
    "deferred": _("Is deferred examination requested?"),
    "special_material": _("Does it concern genetic resources, a biological deposit or a sequence listing?"),
    "waives_amendment": _("Does the applicant waive voluntary amendments?"),
}


class NationalStage(StrEnum):
    """What the national office did with a filed application."""

    ACCEPTED = "accepted"
    FIRST_ACTION = "first_action"
    LATER_ACTION = "later_action"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STAGE_NAMES = {
    NationalStage.ACCEPTED: _("Application accepted"),
    NationalStage.FIRST_ACTION: _("First office action"),
    NationalStage.LATER_ACTION: _("Later office action"),
    NationalStage.GRANTED: _("Grant announced"),
    NationalStage.REFUSED: _("Refused"),
    NationalStage.WITHDRAWN: _("Withdrawn or deemed withdrawn"),
}


REGISTER = "register"  # the name under which a search of our own stands
# category of a search report -> what it says (WIPO ST.14)
CATEGORIES = {
    "X": _("alone against novelty or inventive step"),
    "Y": _("against inventive step together with others"),
    "A": _("background only"),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing before a draft can be handed in, and where on the page it is put right.

    rule      that asks for it, where one does
    blocking  False: told for the examiner's eye, does not keep it back
    """

    text: str
    href: str
    rule: str = ""
    blocking: bool = True


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item of a defect notice as an examiner writes it."""

    part: str
    claim: int | None
    paragraph: int | None
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class ListedAgency:
    """A line of a list of agencies."""

    uscc: str
    name: str
    licence: str


@dataclass(frozen=True, slots=True)
class ListedOn:
    """Whether an agency stands on the list of a day. ``day`` None: no list was in force."""

    listed: bool
    day: date | None
    source: str
