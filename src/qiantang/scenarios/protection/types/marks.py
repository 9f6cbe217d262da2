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
    "protection.keeper_only": (
        "Only the keeper of the indication, or the office, may do this.",
        "Act for the keeper under a mandate with the scope for origin.",
    ),
    "protection.indication_unknown": ("There is no such geographical indication.", "Choose one of the list."),
    "protection.indication_known": ("An indication of this name is there already.", "Use that one."),
    "protection.origin_facts": (
        "Something is missing or does not fit: a name, a number, an area above zero, a term whose end comes after its beginning.",
        "Check the form.",
    ),
    "protection.origin_known": ("The number %(number)s is there already.", "Use that entry, or another number."),
    "protection.origin_user_unknown": ("There is no such authorised user here.", "Choose one of the list."),
    "protection.plot_unknown": ("There is no such plot here.", "Choose one of the list."),
    "protection.rate_used": (
        "Codes of %(year)s were issued by the rate before.",
        "Enter the rate for a later year.",
    ),
    "protection.rate_missing": ("No yield is entered for %(year)s.", "Enter the rate first, with its source."),
    "protection.plot_nobody": (
        "The plot is in nobody's hands today, or its user is not authorised today.",
        "Hand the plot over, or authorise the user.",
    ),
    "protection.origin_year": (
        "Codes are issued for the harvest of this year or the year before.",
        "Check the year.",
    ),
    "protection.packages": (
        "A batch has 1 to %(most)s packages of 1 gram to 50 kilograms.",
        "Check number and weight, or issue several batches.",
    ),
    "protection.ceiling": (
        "The ceiling of the plot leaves %(left)s more packages of this weight in %(year)s.",
        "Issue fewer, or look at the other plots.",
    ),
    "protection.batch_unknown": ("There is no such batch to void.", "Load the page again."),
    "protection.origin_unknown": (
        "This code was not issued here.",
        "Compare each sign with the package. If it is right, report the package.",
    ),
    "protection.origin_throttled": (
        "Too much was asked from your network address.",
        "Try again in %(minutes)s minutes.",
    ),
    "protection.fake_facts": ("A report says where, and what was seen.", "Fill these in."),
    "protection.fake_unknown": ("There is no such open report.", "Load the page again."),
    "protection.fake_reason": ("A report is closed with a reason.", "Write it."),
}
