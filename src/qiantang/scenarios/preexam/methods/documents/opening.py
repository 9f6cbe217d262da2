"""A file from outside becomes a draft, or a refusal that says where it fails and what to do."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Final

from qiantang.commons.files.methods import archives, sniffing
from qiantang.commons.files.types import ArchiveRefused, Kind, Limits
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.preexam.methods.documents.building import Line, draft_of, heading_of, merged, part_of
from qiantang.scenarios.preexam.methods.documents.tree import Draft, Figure, View
from qiantang.scenarios.preexam.types import Part, Place

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

LIMITS: Final = Limits(size_bytes=64 * 2**20, total_bytes=256 * 2**20, ratio=200, members=2_000, depth=1)
MEMBER_BYTES: Final = 32 * 2**20
LONGEST: Final = 3_000_000  # characters of one application
_MB: Final = 2**20
_PICTURES: Final = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif"})
_FIGURE: Final = re.compile(r"(?:说明书)?附?图\s*0*(\d{1,3})([a-zA-Z]?)").search
_VIEW: Final = re.compile(r"(?:设计(\d+))?.*?((?:主|后|左|右|俯|仰)视图|立体图)").search
# Document codes of the e-filing (100001 …) and the names people give their files.
_PART_NAMES: Final = (
    ("权利要求", Part.CLAIMS), ("100001", Part.CLAIMS), ("claims", Part.CLAIMS),
    ("附图", Part.DRAWINGS), ("100003", Part.DRAWINGS), ("drawings", Part.DRAWINGS),
    ("摘要", Part.ABSTRACT), ("100004", Part.ABSTRACT), ("abstract", Part.ABSTRACT),
    ("简要说明", Part.DESIGN), ("说明书", Part.DESCRIPTION), ("100002", Part.DESCRIPTION), ("description", Part.DESCRIPTION),
    ("请求书", Part.REQUEST), ("request", Part.REQUEST),
)  # fmt: skip
_CLAIM: Final = re.compile(r"\s*1\s*(?:[.．](?!\d)|、)").match


def read_draft(stream: BinaryIO, name: str) -> Draft:
    """The draft in a file: .docx, CNIPA e-filing XML, .pdf with text, plain text, or a zip of such parts.

    errors  ``Invalid`` with a code of ``types.REFUSALS``; every refusal names the file and, where there is one, the place
    """
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if not size:
        raise Invalid("preexam.empty", name=name)
    if size > LIMITS.size_bytes:
        raise Invalid("preexam.too_large", name=name, limit_mb=LIMITS.size_bytes // _MB)
    try:
        return _checked(_read(stream, name, name, depth=0), name)
    except ArchiveRefused as refused:
        member = str(refused.facts.get("member", name))
        if refused.reason == "archive_encrypted":
            raise Invalid("preexam.encrypted", name=name, member=member) from refused
        reason = f"{refused.reason} {refused.facts.get('bound', '')}".strip()
        raise Invalid("preexam.archive", name=name, member=member, reason=reason) from refused


def read_text(text: str, *, name: str = "") -> Draft:
    """The draft in a plain text: parts begin with their own lines; without such a line it is a set of claims.

    errors  ``Invalid`` preexam.no_text, preexam.too_long
    """
    if not text.strip():
        raise Invalid("preexam.no_text")
    if len(text) > LONGEST:
        raise Invalid("preexam.too_long", limit=LONGEST)
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    has_parts = any(map(part_of, lines))
    default = None if has_parts else part_by_name(name) or Part.CLAIMS
    return draft_of(map(Line, lines), default=default, source_format="text")


def part_by_name(name: str) -> Part | None:
    """The part that a file name tells of."""
    return next((part for mark, part in _PART_NAMES if mark in name.casefold()), None)


def _read(stream: BinaryIO, name: str, member: str, *, depth: int) -> Draft:
    head = stream.read(sniffing.HEAD_BYTES)
    stream.seek(0)
    kind = sniffing.kind_of_head(head)
    if kind is Kind.ZIP:
        return _packed(stream, name, member, depth=depth)
    if kind is Kind.PDF:
        from qiantang.scenarios.preexam.methods.documents.pdf import pdf_lines  # noqa: PLC0415 - only who reads a PDF pays

        lines, pages = pdf_lines(stream, member)
        return replace(_of_lines(lines, name, member, "pdf"), pages=pages)
    if kind is Kind.XML:
        from qiantang.scenarios.preexam.methods.documents.xml_parts import efiled_draft  # noqa: PLC0415 - loaded when asked for, or every start would pay

        return efiled_draft(stream.read(), name, member)
    if head.startswith(sniffing.OLE_MAGIC):
        _refuse_compound(stream.read(), name, member)
    text = _decoded(stream.read()) if kind is Kind.TEXT or head.startswith((b"\xff\xfe", b"\xfe\xff")) else None
    if text is None:
        raise Invalid("preexam.type_unknown", name=member)
    if not text.strip():
        raise Invalid("preexam.empty", name=member)
    return read_text(text, name=member if depth else "")


def _refuse_compound(content: bytes, name: str, member: str) -> None:
    macros, encrypted = sniffing.ole_marks(content)
    if encrypted:
        raise Invalid("preexam.encrypted", name=name, member=member)
    if macros:
        raise Invalid("preexam.macros", name=member, parts="VBA")
    raise Invalid("preexam.old_word", name=member)


def _packed(stream: BinaryIO, name: str, member: str, *, depth: int) -> Draft:
    with archives.opened_zip(stream, LIMITS) as archive:
        kind = sniffing.kind_of_package(archive)
        if kind is Kind.DOCM or (kind is not Kind.ZIP and sniffing.macro_parts(archive)):
            parts = ", ".join(sniffing.macro_parts(archive))
            raise Invalid("preexam.macros", name=member, parts=parts)
        if kind not in (Kind.ZIP, Kind.DOCX):
            raise Invalid("preexam.type_unknown", name=member)
        for entry in archives.members(archive):
            if entry.file_size > MEMBER_BYTES:
                raise Invalid(
                    "preexam.member_too_large", name=name, member=entry.filename, limit_mb=MEMBER_BYTES // _MB
                )
        if kind is Kind.DOCX:
            from qiantang.scenarios.preexam.methods.documents.docx import docx_lines  # noqa: PLC0415 - lxml

            return _of_lines(docx_lines(archive, LIMITS, member), name, member, "docx")
        if archives.is_office_package(archive):
            raise Invalid("preexam.docx_broken", name=member, member="word/document.xml")
        if depth:
            raise ArchiveRefused("archive_bomb", bound="depth", limit=1, member=member)
        return merged(list(_members(archive, name)), source_format="zip")


def _members(archive: ZipFile, name: str) -> list[Draft]:
    drafts = []
    for entry in archives.members(archive):
        path = PurePosixPath(entry.filename)
        if path.suffix.lower() in _PICTURES:
            drafts.append(_picture(path))
            continue
        content = _bytes(archive, entry)
        if not content.strip():
            raise Invalid("preexam.empty", name=entry.filename)
        if b"ST26SequenceListing" in content[:4096]:
            drafts.append(Draft({}, has_sequence_listing=True))
        else:
            drafts.append(_read(io.BytesIO(content), name, entry.filename, depth=1))
    return drafts


def _bytes(archive: ZipFile, entry: ZipInfo) -> bytes:
    with archives.opened_member(archive, entry, LIMITS) as stream:
        return stream.read(MEMBER_BYTES + 1)


def _picture(path: PurePosixPath) -> Draft:
    """A picture that lies beside the texts: its name says which figure or view it is."""
    if view := _VIEW(path.stem):
        return Draft({}, views=(View(view[2], int(view[1]) if view[1] else None, Place()),))
    found = _FIGURE(path.stem)
    if "摘要附图" in path.as_posix() or found is None:
        return Draft({})
    return Draft({}, figures=(Figure(f"图{int(found[1])}{found[2].lower()}", int(found[1]), Place()),))


def _of_lines(lines: list[Line], name: str, member: str, source_format: str) -> Draft:
    if any(part_of(one.text) for one in lines):
        return draft_of(lines, source_format=source_format)
    default = part_by_name(member) or _guessed(lines)
    if default is None:
        pictures = sum(one.pictures for one in lines)
        if pictures and not any(one.text.strip() for one in lines):
            first = next(place for place, one in enumerate(lines, 1) if one.pictures)
            raise Invalid("preexam.claims_are_pictures", name=name, pictures=pictures, paragraph=first)
        raise Invalid("preexam.no_application", name=member)
    return draft_of(lines, default=default, source_format=source_format)


def _guessed(lines: list[Line]) -> Part | None:
    if any(heading_of(one.text) for one in lines):
        return Part.DESCRIPTION
    return Part.CLAIMS if any(_CLAIM(one.text) for one in lines) else None


def _checked(draft: Draft, name: str) -> Draft:
    if not draft.sections and not draft.views:
        raise Invalid("preexam.no_application", name=name)
    claims = draft.section(Part.CLAIMS)
    if claims is not None and claims.paragraphs and not any(one.text.strip() for one in claims.paragraphs):
        pictures = sum(one.pictures for one in claims.paragraphs)
        raise Invalid(
            "preexam.claims_are_pictures", name=name, pictures=pictures, paragraph=claims.paragraphs[0].number
        )
    if sum(len(one.text) for section in draft.sections.values() for one in section.paragraphs) > LONGEST:
        raise Invalid("preexam.too_long", limit=LONGEST)
    return draft


def _decoded(content: bytes) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
