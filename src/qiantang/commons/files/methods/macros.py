"""Taking the programs out of an Office Open XML file, so that it opens as the plain kind.

Removed: the VBA project parts, every relationship to them, their content types; the main part gets the content type of
the kind without macros. Sources: ECMA-376 part 2 (packages), [MS-OFFMACRO2] (macro-enabled content types).
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from qiantang.commons.files.methods.archives import opened_member, opened_zip
from qiantang.commons.files.methods.sniffing import kind_of_package, macro_parts
from qiantang.commons.files.types import ArchiveRefused, Kind, Limits
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from lxml import etree

_OPEN = "application/vnd.openxmlformats-officedocument."
_PLAIN = {
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": f"{_OPEN}spreadsheetml.sheet.main+xml",
    "application/vnd.ms-excel.template.macroEnabled.main+xml": f"{_OPEN}spreadsheetml.template.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml": f"{_OPEN}wordprocessingml.document.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": f"{_OPEN}wordprocessingml.template.main+xml",
}
_PART_BYTES = 64 * 2**20


def strip_macros(path: Path, out: Path, *, limits: Limits | None = None) -> Kind:
    """Write ``path`` without its macros to ``out`` and tell the kind of the result (xlsx or docx).

    errors  ``Invalid`` files.not_a_package · files.macros_not_strippable (Excel 4 macro sheets are sheets of the
            workbook: taking them out would change what it shows); ``ArchiveRefused`` for a broken or oversized archive
    """
    bounds = limits or Limits()
    with path.open("rb") as stream, opened_zip(stream, bounds) as package:
        if kind_of_package(package) not in (Kind.XLSX, Kind.XLSM, Kind.DOCX, Kind.DOCM):
            raise Invalid("files.not_a_package", name=path.name)
        dropped = set(macro_parts(package))
        sheets = sorted(name for name in dropped if "/macrosheets/" in name.casefold())
        if sheets:
            raise Invalid("files.macros_not_strippable", name=path.name, parts=sheets)
        with ZipFile(out, "w", ZIP_DEFLATED) as plain:
            for entry in package.infolist():
                if entry.filename in dropped:
                    continue
                with opened_member(package, entry, bounds) as part:
                    if entry.filename == "[Content_Types].xml":
                        plain.writestr(entry.filename, _plain_content_types(part.read(_PART_BYTES), dropped))
                    elif entry.filename.endswith(".rels"):
                        plain.writestr(entry.filename, _plain_relationships(part.read(_PART_BYTES)))
                    else:
                        with plain.open(entry.filename, "w", force_zip64=True) as copy:
                            while chunk := part.read(1 << 20):
                                copy.write(chunk)
    with out.open("rb") as stream, opened_zip(stream, bounds) as package:
        return kind_of_package(package)


def _parsed(content: bytes) -> etree._Element:
    from lxml import etree  # noqa: PLC0415 - no start needs it

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        raise ArchiveRefused("archive_damaged") from problem


def _plain_content_types(content: bytes, dropped: set[str]) -> bytes:
    root = _parsed(content)
    for one in list(root):
        kind = one.get("ContentType", "")
        if one.get("PartName", "").lstrip("/") in dropped or "vbaproject" in kind.casefold():
            root.remove(one)
        elif kind in _PLAIN:
            one.set("ContentType", _PLAIN[kind])
    return _written(root)


def _plain_relationships(content: bytes) -> bytes:
    root = _parsed(content)
    for one in list(root):
        target = PurePosixPath(one.get("Target", "")).name.casefold()
        if target.startswith(("vbaproject", "vbadata")):
            root.remove(one)
    return _written(root)


def _written(root: etree._Element) -> bytes:
    from lxml import etree  # noqa: PLC0415 - as above

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
