"""The words of pre-examination: drafts and their parts, findings, reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final


class DraftType(StrEnum):
    """What is applied for (Patent Law art. 2)."""

    INVENTION = "invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"


class Part(StrEnum):
    """A document of an application, in the order in which findings are told."""

    REQUEST = "request"
    ABSTRACT = "abstract"
    CLAIMS = "claims"
    DESCRIPTION = "description"
    DRAWINGS = "drawings"
    DESIGN = "design"


class Severity(StrEnum):
    """E blocks or returns the draft, W wants an examiner's eye, I informs."""

    ERROR = "E"
    WARNING = "W"
    INFORMATION = "I"


class Office(StrEnum):
    """Whose rules a draft is held against."""

    CN = "CN"
    US = "US"
    EP = "EP"
    PCT = "PCT"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a part: the paragraph counted from 1, and characters of that paragraph from ``start`` before ``end``.

    A paragraph of None is the part as a whole: what is told is that something is not there.
    """

    paragraph: int | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in both languages of the house. Chinese is what the notices quote."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule holds against a draft. ``excerpt`` has at most 40 characters."""

    rule: str
    severity: Severity
    part: Part
    claim: int | None
    figure: str | None
    place: Place
    excerpt: str
    message: Words
    suggestion: Words
    source: str
    rule_version: str


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A rule that applies to the draft but could not be held against it, and why."""

    rule: str
    reason: Words


@dataclass(frozen=True, slots=True)
class Report:
    """What the rules of a day say of a draft. Findings stand in the order of part, place and rule."""

    type: DraftType
    office: Office
    as_of: date
    rules_version: str
    findings: tuple[Finding, ...]
    not_checked: tuple[Unchecked, ...]

    def count(self, severity: Severity) -> int:
        return sum(one.severity is severity for one in self.findings)

    @property
    def hint(self) -> str:
        """``no_formal_obstacle``, ``examiner_looks`` (warnings only) or ``formal_defects``: a hint, never a decision."""
        if self.count(Severity.ERROR):
            return "formal_defects"
        return "examiner_looks" if self.count(Severity.WARNING) else "no_formal_obstacle"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the engine.

    type      as the applicant says; None: as the draft shows
    as_of     the day whose rules hold: the filing day
    without   rules switched off, besides those that are off by default
    with_     rules switched on that are off by default
    """

    as_of: date
    type: DraftType | None = None
    office: Office = Office.CN
    without: frozenset[str] = field(default_factory=frozenset)
    with_: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class ToldWrong:
    """What a person says of a finding: its rule and place; its text only where ``may_keep_text``."""

    rule: str
    rule_version: str
    rules_version: str
    part: Part
    claim: int | None
    paragraph: int | None
    start: int
    end: int
    publication_number: str = ""
    excerpt: str = ""
    may_keep_text: bool = False


# code -> (sentence, next step)
REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "preexam.act_for_first": (
        "A subject is filed by somebody who acts for it.",
        "Choose the organisation under My organisations, or ask to act for it there.",
    ),
    "preexam.office_only": ("Only the centre notes what it found.", "Sign in with an account of the centre."),
    "preexam.subject_filed_already": (
        "A filing of this organisation is under way or active: %(number)s.",
        "Go on with that one.",
    ),
    "preexam.facts_missing": (
        "The filing is not complete: %(missing)s.",
        "Fill in everything at once; what does not apply is 0 or no.",
    ),
    "preexam.hand_in_on_page": (
        "A filing is handed in on its own page, where it is looked at whether all is there.",
        "Open the filing and hand it in there.",
    ),
    "preexam.not_editable": (
        "The filing cannot be changed while it is under review.",
        "Wait until it is returned, or withdraw it and begin anew.",
    ),
    "preexam.empty": ("The file %(name)s is empty.", "Check that it was saved, and choose it again."),
    "preexam.too_large": (
        "The file %(name)s is larger than %(limit_mb)s MB.",
        "Save drawings in black and white at 300 dpi, or leave them out: the texts are checked without them.",
    ),
    "preexam.member_too_large": (
        "%(member)s inside %(name)s is larger than %(limit_mb)s MB.",
        "Save this drawing in black and white at 300 dpi, then try again.",
    ),
    "preexam.type_unknown": (
        "It is not known what %(name)s is.",
        "Save the draft as .docx, as the XML of the e-filing client, as .pdf with text, or as plain text.",
    ),
    "preexam.old_word": (
        "%(name)s is a document of Word 97 to 2003.",
        "Open it in a word processor and save it as .docx.",
    ),
    "preexam.macros": (
        "%(name)s carries macros (%(parts)s).",
        "Save it as .docx, the kind without macros, then try again.",
    ),
    "preexam.encrypted": (
        "%(name)s is protected by a password (%(member)s).",
        "Take the password away in the program that set it, save, and try again.",
    ),
    "preexam.archive": (
        "%(name)s cannot be unpacked safely: %(reason)s (%(member)s).",
        "Pack the parts of the application again as one plain zip without folders inside archives.",
    ),
    "preexam.entity": (
        "%(member)s in %(name)s declares entities of its own (line %(line)s).",
        "Export the document again; a plain export declares none.",
    ),
    "preexam.xml_broken": (
        "%(member)s in %(name)s is no well-formed XML: line %(line)s, column %(column)s.",
        "Export the document again from the program that made it.",
    ),
    "preexam.xml_unknown": (
        "%(member)s in %(name)s is XML, but no part of an application to CNIPA.",
        "Take the XML that the e-filing client writes (cn-application-body).",
    ),
    "preexam.docx_broken": (
        "%(name)s is no whole Word document: %(member)s is missing.",
        "Open it in a word processor and save it again.",
    ),
    "preexam.pdf_broken": ("%(name)s cannot be read as PDF.", "Write the PDF again, or take the .docx."),
    "preexam.pdf_without_text": (
        "Page %(page)s of %(name)s has no text: it is a picture.",
        "Take the .docx, or a PDF that was written from the text and not scanned.",
    ),
    "preexam.no_application": (
        "Nothing of an application was found in %(name)s.",
        "Begin each part with its own line: 权利要求书, 说明书, 说明书摘要, 请求书 or 说明书附图.",
    ),
    "preexam.claims_are_pictures": (
        "The claims in %(name)s are pictures (%(pictures)s from paragraph %(paragraph)s), there is no text.",
        "Write the claims as text; a formula may stay a formula.",
    ),
    "preexam.too_long": (
        "The text is longer than %(limit)s characters.",
        "Check one application at a time.",
    ),
    "preexam.no_text": ("There is nothing to check.", "Choose a file or paste a text."),
    "preexam.symbol": (
        "“%(given)s” is no symbol of the IPC or of Locarno.",
        "Write it as in B25J 9/16, F16H 1/28 or 15-01.",
    ),
    "preexam.day": ("“%(given)s” is not a day.", "Write it as YYYY-MM-DD."),
    "preexam.base64": ("The file is not in base64.", "Encode its bytes as in RFC 4648, section 4."),
    "preexam.place": ("The place of the finding is damaged.", "Check the draft again and use the button beside it."),
    "preexam.publication": (
        "“%(given)s” is no number of a publication.",
        "Write it as in CN101234567A, or leave it empty.",
    ),
    "preexam.too_many_reports": (
        "%(most)s reports came in today; more are not taken.",
        "Come back tomorrow. Your draft was not stored.",
    ),
    "preexam.rule": ("There is no rule “%(given)s”.", "Take an id from the list of rules in force."),
}


@dataclass(frozen=True, slots=True)
class SubjectFacts:
    """What a subject says of itself when it is filed. None: not said."""

    founded_on: date | None
    in_existence: bool | None
    main_class: str
    contact_name: str
    insured_staff: int | None
    granted_inventions: int | None
    granted_models_and_designs: int | None
    undertaking_signed: bool | None
    contact_verified: bool | None

    def missing(self) -> tuple[str, ...]:
        """The names of what was not said."""
        return tuple(name for name in self.__slots__ if getattr(self, name) in (None, ""))
