"""Templates as values, and documents as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from qiantang.kernel.registry import Registry

# code -> (sentence, next step)
REFUSALS = {
    "seal.no_document": (
        "This is no PDF that can carry a seal: %(said)s.",
        "Make the document anew; tell the operator where it stays so.",
    ),
    "documents.redaction_unreadable": (
        "The file could not be read as text: it is locked, damaged, or of another kind.",
        "Bring a PDF with text, without a password, or plain text.",
    ),
    "documents.redaction_no_text": (
        "Page %(page)s has no text that can be read: it is empty or a picture.",
        "Have the text of the page recognised or typed first; a picture is never taken over.",
    ),
    "documents.redaction_long": ("The file has more than %(most)s signs.", "Divide it into several."),
    "documents.redaction_short": (
        "Passage %(line)s is too short: a single sign would stand everywhere.",
        "Mark at least two signs.",
    ),
    "documents.redaction_not_found": (
        "Passage %(line)s does not stand in the text.",
        "Copy it from the text below; blanks, line breaks and width do not matter.",
    ),
    "documents.unknown": ("There is no document %(number)s, or not for you to see.", "Check the number on the paper."),
    "documents.template_unknown": ("There is no template %(template)s.", "Choose one of: %(known)s."),
    "documents.fields_missing": (
        "The document cannot be made: %(missing)s is not filled in.",
        "Fill in what is missing; nothing is made with a gap in it.",
    ),
    "documents.fields_strange": ("The template has no field %(strange)s.", "Leave it out, or raise the template."),
    "documents.field_type": ("The field %(field)s needs %(wanted)s.", "Correct the value."),
    "documents.disposed": (
        "The record of this document was disposed of on %(day)s; its number and digests stay.",
        "Who holds a copy can still have it verified.",
    ),
    "documents.format_missing": (
        "This document does not exist as %(format)s in this language.",
        "Take one of the files that its page lists.",
    ),
    "documents.file_changed": (
        "The stored copy of %(number)s is no longer what was issued.",
        "Tell the operator; nothing is handed out until it is settled.",
    ),
    "documents.revoke_refused": ("Only the office that issued the document may revoke it.", "Ask the office."),
    "documents.revocation": ("The revocation cannot be read: %(places)s.", "Choose a reason and try again."),
    "documents.revoked_already": ("The document was revoked already.", "Load the page again."),
    "documents.make_refused": ("Documents are made by the office.", "Sign in as an officer."),
    "documents.setting_failed": ("The document could not be set: %(said)s", "Tell the operator."),
}


class FieldKind(StrEnum):
    """What a field holds.

    TEXT    one line · PARAGRAPHS text with line breaks · DAY a date · MOMENT an aware instant · COUNT a whole number
    AMOUNT  a Decimal · FLAG yes or no · LINES several texts · ROWS a table, each row as long as ``columns``
    """

    TEXT = "text"
    PARAGRAPHS = "paragraphs"
    DAY = "day"
    MOMENT = "moment"
    COUNT = "count"
    AMOUNT = "amount"
    FLAG = "flag"
    LINES = "lines"
    ROWS = "rows"


FactValue: TypeAlias = (
    "str | date | datetime | int | Decimal | bool | list[str] | tuple[str, ...] | list[list[str]] | None"
)
Facts: TypeAlias = Mapping[str, FactValue]


@dataclass(frozen=True, slots=True)
class Field:
    """A place in a template.

    label       message id: how it is called on the paper and in a refusal
    required    nothing is made without it; the others may be left out, and what mentions them is left out then
    columns     message ids of the heads, of ``ROWS`` only
    """

    key: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = True
    columns: tuple[str, ...] = ()


class BlockKind(StrEnum):
    """HEADING, PARAGRAPH: a message id with %(field)s · FACTS: labels beside values · LIST, TABLE: a field of that kind."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    FACTS = "facts"
    LIST = "list"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the paper. ``fields`` are those shown (FACTS, LIST, TABLE), ``when`` a field without which it is left out."""

    kind: BlockKind
    text: str = ""
    fields: tuple[str, ...] = ()
    when: str = ""


def heading(text: str, *, when: str = "") -> Block:
    return Block(BlockKind.HEADING, text, when=when)


def paragraph(text: str, *, when: str = "") -> Block:
    """A message id; ``%(field)s`` stands for a field."""
    return Block(BlockKind.PARAGRAPH, text, when=when)


def fact_rows(*fields: str) -> Block:
    """Label and value, a line each."""
    return Block(BlockKind.FACTS, fields=fields)


def line_list(field: str) -> Block:
    """The lines of a field, numbered."""
    return Block(BlockKind.LIST, fields=(field,), when=field)


def row_table(field: str) -> Block:
    """The rows of a field under the heads of its columns."""
    return Block(BlockKind.TABLE, fields=(field,), when=field)


class Format(StrEnum):
    """How a document is handed out."""

    PDF = "pdf"
    DOCX = "docx"


MEDIA_TYPES = {
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A kind of document, declared in the ``rules.py`` of its room.

    key         ``app.thing``
    version     raised with every change of what is printed
    title       message id
    issuer      message id: who issues it, in the seal
    scope       message id: what the paper says and what it does not
    readers     roles whose holders see every document of this kind
    revokers    those among them who may revoke; empty: all of them
    mandate     scope a mandate must have for a person to see those of an organisation; empty: any mandate
    valid_until key of the field with the last day on which it holds; empty: it does not end by itself
    formats     which files are made; a PDF is sealed where ``sealed``
    """

    key: str
    version: int
    title: str
    issuer: str
    fields: tuple[Field, ...]
    blocks: tuple[Block, ...]
    scope: str
    readers: frozenset[str]
    revokers: frozenset[str] = frozenset()
    mandate: str = ""
    formats: tuple[Format, ...] = (Format.PDF,)
    valid_until: str = ""
    sealed: bool = True

    def field(self, key: str) -> Field:
        """errors: KeyError"""
        return next(one for one in self.fields if one.key == key)

    def defects(self) -> list[str]:
        """What is wrong with the declaration, in words."""
        known = [one.key for one in self.fields]
        found = [f"field {key}: twice" for key in sorted({key for key in known if known.count(key) > 1})]
        for block in self.blocks:
            named = (*block.fields, *((block.when,) if block.when else ()))
            found += [f"{block.kind}: unknown field {name}" for name in named if name not in known]
            found += _untyped(self, block) if not found else []
        if self.valid_until and self.valid_until not in known:
            found.append(f"unknown field {self.valid_until}")
        if not self.revokers <= self.readers:
            found.append("revokers who are no readers")
        shown = " ".join(one.text for one in self.blocks)
        used = {name for one in self.blocks for name in one.fields} | {k for k in known if f"%({k})s" in shown}
        found += [f"field {key}: never shown" for key in known if key not in used]
        return found


def _untyped(template: Template, block: Block) -> list[str]:
    wanted = {BlockKind.LIST: FieldKind.LINES, BlockKind.TABLE: FieldKind.ROWS}.get(block.kind)
    fields = [template.field(name) for name in block.fields]
    if wanted is None:
        return [f"{one.key}: a table or list in a line" for one in fields if one.kind is FieldKind.ROWS]
    return [f"{one.key}: not {wanted}" for one in fields if one.kind is not wanted]


TEMPLATES: Registry[Template] = Registry("template")


def declare_template(template: Template) -> Template:
    """Make a kind of document known. errors: ValueError for one declared twice, or with defects"""
    if defects := template.defects():
        raise ValueError(f"{template.key}: {'; '.join(defects)}")
    return TEMPLATES.register(template.key, template)


@dataclass(frozen=True, slots=True)
class Recipient:
    """For whom a document is. ``name`` stands on the list of documents; on the paper stands what the facts say.

    agent_id    the organisation that acts for the recipient in the matter: it sees the document as well
    """

    name: str = ""
    person_id: int | None = None
    organisation_id: int | None = None
    agent_id: int | None = None


class Reason(StrEnum):
    """Why a document is revoked. Shown to everybody who looks it up, so no sentence of the matter."""

    ERROR = "error"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    DECEIT = "deceit"


@dataclass(frozen=True, slots=True)
class FileTold:
    """One file of a document. ``sha256`` is of the bytes handed out, ``core_sha256`` of those before the seal."""

    language: str
    format: Format
    sha256: str
    core_sha256: str
    size_bytes: int
    sealed: bool


@dataclass(frozen=True, slots=True)
class DocumentTold:
    """A document for those who may see it.

    facts   as they were printed: days and moments in ISO 8601
    ended   its last day is over
    """

    number: str
    template: str
    version: int
    title: str
    case: str
    recipient: str
    facts: Mapping[str, object]
    made_at: datetime
    made_by: str
    files: tuple[FileTold, ...]
    revoked_at: datetime | None = None
    revoked_why: Reason | None = None
    legal: bool = False
    valid_until: date | None = None
    ended: bool = False

    def file(self, language: str, format_: Format) -> FileTold | None:
        return next((one for one in self.files if (one.language, one.format) == (language, format_)), None)


@dataclass(frozen=True, slots=True)
class PublicDocument:
    """What everybody may know who has a number or a file: nothing of the content, no names of people.

    why         the reason of a revocation in the reader's language
    digests     language and format -> SHA-256 of the file handed out
    legal       a certification authority recognised by law stands behind the seal
    """

    number: str
    title: str
    issuer: str
    made_at: datetime
    sealed: bool
    legal: bool
    digests: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    revoked_at: datetime | None = None
    revoked_why: Reason | None = None
    why: str = ""
    replaced_by: str = ""
    valid_until: date | None = None
    ended: bool = False
