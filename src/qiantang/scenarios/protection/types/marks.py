"""Sheets, alerts, applications, inspections and codes of origin as values, and what is refused of them."""

from __future__ import annotations

from enum import StrEnum


class AuthorityKind(StrEnum):
    """What an authority enforces."""

    MARKET = "market"
    CUSTOMS = "customs"
    CULTURE = "culture"
    AGRICULTURE = "agriculture"
    POLICE = "police"


class AlertKind(StrEnum):
    """What an authority is alerted to."""

    CONSIGNMENT = "consignment"
    NEW_FAKE = "new_fake"
    PLACE = "place"


class ApplicationState(StrEnum):
    """Where an application for action stands. One in force ends by its last day, without a step."""

    FILED = "filed"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class InspectionKind(StrEnum):
    """INSPECTION: looked at; SEIZURE: goods were taken."""

    INSPECTION = "inspection"
    SEIZURE = "seizure"


class InspectionOutcome(StrEnum):
    """What came of it. OPEN: nothing yet."""

    OPEN = "open"
    NOTHING = "nothing"
    RELEASED = "released"
    CONFISCATED = "confiscated"
    DESTROYED = "destroyed"
    FINED = "fined"
    POLICE = "police"


class GoodsVerdict(StrEnum):
    """What the right holder says of goods that were found."""

    FAKE = "fake"
    GENUINE = "genuine"
    UNCERTAIN = "uncertain"


# code -> (sentence, next step)
REFUSALS = {
    "protection.enforcers_only": (
        "Only an authority of the register may do this.",
        "Act for it under a mandate with the scope to enforce; the office keeps the register.",
    ),
    "protection.authority_unknown": (
        "There is no such authority in the register.",
        "Choose one of the list, or ask the office to add it.",
    ),
    "protection.authority_known": ("The authority is in the register already.", "Use that entry."),
    "protection.authority_district": (
        "There is no district with the code %(given)s.",
        "Use the six digits of GB/T 2260, or leave it empty.",
    ),
    "protection.sheet_unknown": (
        "There is no such sheet, or it is not shared with you.",
        "Look into your list; what was withdrawn is closed at once.",
    ),
    "protection.sheet_empty": (
        "A sheet names the product, the kind and number of the right, and tells at least one way to tell fakes.",
        "Fill these in.",
    ),
    "protection.not_shared": (
        "The sheet is not shared with this authority.",
        "Share it first: nothing is shared by itself.",
    ),
    "protection.shared_already": ("The sheet is shared with this authority already.", "Nothing needs to be done."),
    "protection.alert_empty": (
        "An alert says what is to be looked for, and goes to at least one authority with which the sheet is shared.",
        "Write it and choose to whom it goes.",
    ),
    "protection.alert_unknown": ("There is no such alert for you.", "Load the page again."),
    "protection.application_open": (
        "An application to this authority is under way or in force.",
        "Wait for it, or renew it when its time has come.",
    ),
    "protection.application_unknown": ("There is no such application to act on.", "Load the page again."),
    "protection.application_decision": (
        "A grant has its day, not in the future and not before it was filed; a refusal has its reason.",
        "Check the day, or write the reason.",
    ),
    "protection.application_right_ended": (
        "The right had ended by %(day)s, as the sheet says.",
        "Correct the sheet if the right was renewed.",
    ),
    "protection.renewal_early": (
        "It can be renewed from %(day)s.",
        "Come back then; you are told by a notice.",
    ),
    "protection.renewal_late": (
        "It ended on %(day)s and cannot be renewed any more.",
        "File a new application.",
    ),
    "protection.renewal_running": ("It was renewed, or its renewal is under way.", "Look at the newest line."),
    "protection.inspection_facts": (
        "A record names kind, right, goods, unit and day, which is not in the future.",
        "Check the form; leave the number empty where it is not known.",
    ),
    "protection.inspection_unknown": ("There is no such record for you.", "Look into your list."),
    "protection.inspection_outcome": (
        "An outcome has its day: not before the inspection and not in the future.",
        "Check outcome and day.",
    ),
    "protection.no_sheet": (
        "The record names no sheet: there is no right holder here to speak with.",
        "Write to the right holder in another way.",
    ),
    "protection.word_empty": ("Nothing was said.", "Write something, or say what the goods are."),
}
