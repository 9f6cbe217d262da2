"""What a file is, by its content first; its name only confirms or disagrees."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from qiantang.commons.files.methods.archives import GZIP_MAGIC, ZIP_MAGIC, is_office_package
from qiantang.commons.files.types import Kind

if TYPE_CHECKING:
    from zipfile import ZipFile

HEAD_BYTES = 65_536
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EMPTY_ZIP = b"PK\x05\x06"
_XML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml\b|!DOCTYPE\s(?!html)|!--|[A-Za-z_][\w.\-:]*[\s>/])", re.IGNORECASE
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|script)\b", re.IGNORECASE)
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13}
_CONTROL_SHARE = 0.002

MEDIA_TYPES = {
    Kind.TEXT: "text/plain",
    Kind.XML: "application/xml",
    Kind.GZ: "application/gzip",
    Kind.ZIP: "application/zip",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.XLSM: "application/vnd.ms-excel.sheet.macroEnabled.12",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.DOCM: "application/vnd.ms-word.document.macroEnabled.12",
    Kind.XLS: "application/vnd.ms-excel",
    Kind.PDF: "application/pdf",
    Kind.UNKNOWN: "application/octet-stream",
}
_TEXT_ENDINGS = {".csv": "text/csv", ".tsv": "text/tab-separated-values"}
ENDINGS = {
    ".csv": Kind.TEXT,
    ".tsv": Kind.TEXT,
    ".txt": Kind.TEXT,
    ".xml": Kind.XML,
    ".gz": Kind.GZ,
    ".zip": Kind.ZIP,
    ".xlsx": Kind.XLSX,
    ".xlsm": Kind.XLSM,
    ".docx": Kind.DOCX,
    ".docm": Kind.DOCM,
    ".xls": Kind.XLS,
    ".pdf": Kind.PDF,
}


def is_text(head: bytes) -> bool:
    """Whether bytes read as UTF-8 or GB18030 text; the last character may be cut, control characters must be rare."""
    if b"\0" in head:
        return False
    if sum(byte in _CONTROL for byte in head) > _CONTROL_SHARE * len(head):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(head, final=False)
        except UnicodeDecodeError:
            continue
        return True
    return False


def kind_of_head(head: bytes) -> Kind:
    """The kind by the first bytes (up to ``HEAD_BYTES``). A zip is told apart further by ``kind_of_package``."""
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head.startswith(OLE_MAGIC):
        return Kind.XLS if holds_workbook(head) else Kind.UNKNOWN
    for magic, kind in ((GZIP_MAGIC, Kind.GZ), (ZIP_MAGIC, Kind.ZIP), (_EMPTY_ZIP, Kind.ZIP)):
        if head.startswith(magic):
            return kind
    if not head or _HTML.search(head[:1024]) or not is_text(head):
        return Kind.UNKNOWN
    return Kind.XML if _XML_START.match(head) else Kind.TEXT


def kind_of_package(archive: ZipFile) -> Kind:
    """Workbook, document, either with macros, or a plain zip: by the parts inside (ECMA-376)."""
    if not is_office_package(archive):
        return Kind.ZIP
    names = archive.namelist()
    macros = bool(macro_parts(archive))
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return Kind.XLSM if macros else Kind.XLSX
    if "word/document.xml" in names:
        return Kind.DOCM if macros else Kind.DOCX
    return Kind.ZIP


def macro_parts(archive: ZipFile) -> tuple[str, ...]:
    """Parts which hold program code: VBA projects, their data and signatures, Excel 4 macro sheets."""
    found = []
    for name in archive.namelist():
        last = PurePath(name).name.casefold()
        if last.startswith(("vbaproject", "vbadata")) or "/macrosheets/" in name.casefold():
            found.append(name)
    return tuple(found)


def holds_workbook(content: bytes) -> bool:
    """Of a compound file ([MS-CFB]): whether its directory names a workbook; the directory may stand anywhere in it."""
    return _in_utf16("Workbook", content) or _in_utf16("Book", content)


def ole_marks(content: bytes) -> tuple[bool, bool]:
    """Of a compound file ([MS-CFB]): whether its directory names a VBA project, and whether it is an encrypted package."""
    return _in_utf16("_VBA_PROJECT", content), _in_utf16("EncryptedPackage", content)


def media_type(kind: Kind, name: str) -> str:
    """The media type to serve a file with; a text is a table only where its name says so."""
    if kind is Kind.TEXT:
        return _TEXT_ENDINGS.get(PurePath(name).suffix.lower(), MEDIA_TYPES[kind])
    return MEDIA_TYPES[kind]


def _in_utf16(word: str, content: bytes) -> bool:
    return word.encode("utf-16-le") in content
