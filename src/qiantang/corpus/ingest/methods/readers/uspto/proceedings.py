"""What happens to an application or a patent, as the Open Data Portal lists it: one element, one event or one citation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qiantang.corpus.ingest.methods.cells import CellRefused
from qiantang.corpus.ingest.methods.readers.uspto.transfers import day_of
from qiantang.corpus.ingest.methods.readers.uspto.values import Values, texts
from qiantang.corpus.register.types import Citation, Event, Observation, Publication

if TYPE_CHECKING:
    from datetime import date

Element = Mapping[str, Any]
_CATEGORIES = frozenset("XYADEOPTLI")


def paper(element: Element, row: int, values: Values) -> Observation:
    """A paper of the file wrapper is the event that it came in or went out."""
    day = values.loose_day(day_of(element.get("officialDate")))
    event = _event(element.get("documentCode"), day, element.get("documentCodeDescriptionText"))
    return _observation(element, row, values, event)


def trial(element: Element, row: int, values: Values) -> Observation:
    """A decision of a trial where the element is one; else that the trial was asked for."""
    about = element.get("trialMetaData") or {}
    decided: Element = element.get("decisionData") or {}
    kind, number = about.get("trialTypeCode"), element.get("trialNumber")
    if decided.get("decisionIssueDate"):
        said = " ".join(part for part in (kind, decided.get("decisionTypeCategory")) if part)
        text = _text(number, decided.get("trialOutcomeCategory"))
        event = _event(said, values.loose_day(decided["decisionIssueDate"]), text)
    else:
        event = _event(kind, values.loose_day(about.get("petitionFilingDate")), number)
    return _observation(element.get("patentOwnerData") or {}, row, values, event)


def appeal(element: Element, row: int, values: Values) -> Observation:
    decided: Element = element.get("decisionData") or {}
    day = values.loose_day(decided.get("decisionIssueDate"))
    event = _event("Appeal decision", day, _text(element.get("appealNumber"), decided.get("appealOutcomeCategory")))
    return _observation(element.get("appellantData") or {}, row, values, event)


def petition(element: Element, row: int, values: Values) -> Observation:
    said = ("Petition", element.get("decisionPetitionTypeCode"), element.get("decisionTypeCode"))
    event = _event(
        " ".join(str(part) for part in said if part),
        values.loose_day(element.get("decisionDate")),
        "; ".join(element.get("petitionIssueConsideredTextBag") or ()) or None,
    )
    return _observation(element, row, values, event, title=element.get("inventionTitle"))


def interference(element: Element, row: int, values: Values) -> Observation:
    decided: Element = element.get("documentData") or {}
    day = values.loose_day(decided.get("decisionIssueDate"))
    text = _text(element.get("interferenceNumber"), decided.get("interferenceOutcomeCategory"))
    return _observation(element["party"], row, values, _event("Interference decision", day, text))


def office_action(element: Element, row: int, values: Values) -> Observation:
    """A citation of an office action, or the action itself; the portal gives some values alone and some in lists."""
    element = {key: value[0] if isinstance(value, list) and value else value for key, value in element.items()}
    own = {
        "applicationNumberText": element.get("patentApplicationNumber"),
        "patentNumber": element.get("patentNumber"),
        "grantDate": day_of(element.get("grantDate")),
    }
    cited = element.get("citedDocumentIdentifier") or element.get("parsedReferenceIdentifier")
    if cited:
        return _observation(own, row, values, None, citation=_citation(element, str(cited), values))
    if not element.get("legacyDocumentCodeIdentifier"):
        raise CellRefused("parsedReferenceIdentifier", "citation_missing")
    day = values.loose_day(day_of(element.get("submissionDate")))
    grounds = element.get("legalSectionCode")
    event = _event(element["legacyDocumentCodeIdentifier"], day, f"Rejected under {grounds}" if grounds else None)
    return _observation(own, row, values, event, title=element.get("inventionTitle"))


def _citation(element: Element, cited: str, values: Values) -> Citation:
    by_examiner = element.get("examinerCitedReferenceIndicator")
    origin = (
        "examiner" if by_examiner else "applicant" if element.get("applicantCitedExaminerReferenceIndicator") else None
    )
    number = str(element.get("publicationNumber") or cited)
    if element.get("nplIndicator"):
        return Citation(None, origin, None, None, cited)
    found = values.cited(element.get("countryCode") or "US", number, element.get("kindCode"), None, origin)
    category = element.get("citationCategoryCode")
    return found._replace(
        category=category if category in _CATEGORIES else None, text=cited if found.cited is None else None
    )


def _event(code: str | None, day: date | None, text: str | None) -> Event | None:
    return Event(code, day, None, text) if code else None


def _text(*parts: str | None) -> str | None:
    return ": ".join(part for part in parts if part) or None


def _observation(
    own: Element,
    row: int,
    values: Values,
    event: Event | None,
    *,
    citation: Citation | None = None,
    title: str | None = None,
) -> Observation:
    application = values.application(own.get("applicationNumberText") or None)
    publications: list[Publication] = []
    for number, day in (("patentNumber", "grantDate"), ("publicationNumber", "publicationDate")):
        if text := (own.get(number) or "").strip():
            publications.append(values.publication(text, None, values.loose_day(own.get(day)))[0])
    if application is None and not publications:
        raise CellRefused("applicationNumberText", "number_missing")
    return Observation(
        row=row,
        office="US",
        as_of=event.date if event else None,
        application_number=application,
        publications=publications,
        texts=texts(title=title),
        citations=[citation] if citation else [],
        events=[event] if event else [],
        notes=values.notes,
    )
