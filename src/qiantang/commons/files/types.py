"""The words of file intake: bounds, kinds, findings, verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO, ClassVar, Protocol

from qiantang.kernel.errors import Invalid

# code -> (sentence, next step)
REFUSALS = {
    "files.sealed_unknown": ("There is no such file.", "Load the page again."),
    "files.sealed_erased": ("This file was erased for good.", "Ask the office when and why."),
    "files.held": (
        "A hold lies on this matter: nothing of it may be erased.",
        "Ask who keeps the records why, and until when.",
    ),
    "files.sealed_damaged": (
        "This file is no longer what was handed in.",
        "Tell those who keep the platform; the copy of the last backup may be whole.",
    ),
    "files.key_missing": (
        "The key %(key)s of the vault is missing.",
        "Tell those who keep the platform: the key belongs into the home, under vault/keys.",
    ),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may cost.

    size_bytes   of the file as delivered
    total_bytes  of everything that comes out of it when it is unpacked
    ratio        unpacked over packed size; judged only above ``slack_bytes`` unpacked, as small files pack oddly
    members      entries of one archive, nested ones counted with it
    depth        archives inside archives: 1 is an archive of files, 2 an archive of archives of files
    """

    size_bytes: int = 2 * 2**30
    total_bytes: int = 16 * 2**30
    ratio: int = 200
    slack_bytes: int = 16 * 2**20
    members: int = 10_000
    depth: int = 2


class Kind(StrEnum):
    """What a file is by its content, whatever its name says."""

    TEXT = "text"
    XML = "xml"
    GZ = "gz"
    ZIP = "zip"
    XLSX = "xlsx"
    XLSM = "xlsm"
    DOCX = "docx"
    DOCM = "docm"
    XLS = "xls"
    PDF = "pdf"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth saying of a file. ``blocking`` findings keep it in quarantine.

    code   stable: ``too_large``, ``empty``, ``type_unknown``, ``ending_disagrees``, ``archive_bomb``, ``archive_truncated``,
           ``archive_damaged``, ``archive_encrypted``, ``archive_path_unsafe``, ``document_encrypted``, ``macros``, ``virus``,
           ``scanner_unavailable``
    facts  values of the sentence, JSON-safe
    """

    code: str
    blocking: bool = True
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What intake found. Digests are lower-case hexadecimal of the bytes as delivered; SM3 (GB/T 32905) is None where
    the installed cryptographic library does not know it; both are None for a file which was cut off as too large.
    """

    kind: Kind
    media_type: str
    sha256: str | None
    sm3: str | None
    size_bytes: int
    findings: tuple[Finding, ...]
    usable: bool


class ArchiveRefused(Invalid):
    """An archive breaks a bound or is broken itself. ``reason`` is a code of Finding; the error's code is ``files.<reason>``."""

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(f"files.{reason}", **facts)
        self.reason = reason


class Scanner(Protocol):
    """A malware scanner."""

    def scan(self, stream: BinaryIO) -> str | None:
        """The name of what was found, or None for clean. errors ``Unavailable`` where the scanner does not answer."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of the home that lies in a folder under its SHA-256."""

    DIGITS: ClassVar[int] = 64

    folder: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A sealed object as it was kept."""

    name: str
    kind: str
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody read a sealed object: when, who, in which part, why."""

    at: datetime
    person_id: int | None
    name: str
    read_as: str
    why: str
    kind: str
    sealed_id: int
