"""Classification symbols of exchange documents and European full texts, in the forms of half a century.

Sources: WIPO ST.8 (fifty places, version date), ST.10/C (the older form, ``7 A 61K 9/16 A``: edition before, level behind).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qiantang.corpus.register.types import Classification
from qiantang.kernel import classification
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qiantang.corpus.ingest.methods.trees import Node

_SCHEMES = {"ipc": classification.Scheme.IPC, "cpc": classification.Scheme.CPC}
_OLD = re.compile(r"[^A-H0-9]*([1-7])?\s*([A-H])\s*(\d\d[A-Z])\s*(\d{1,4})\s*[/:]\s*(\d{2,6})")
# ST.8: version date in places 20 to 27, level in 28, F for the first symbol in 29.
_FIRST = re.compile(r"\d{8}[AC ]F")
_PARTS = ("section", "class", "subclass", "main-group", "subgroup")


class Classes:
    """Symbols of one document in order, each once a scheme; the one that says so is the first, else that which stands first."""

    def __init__(self, notes: list[str]) -> None:
        self._notes = notes
        self._found: dict[tuple[str, str], Classification] = {}
        self._first: dict[str, str] = {}

    def add(self, scheme: str, text: str | None, *, edition: str | None = None, first: bool = False) -> None:
        """One symbol; a spelling that is none is left out and noted."""
        if text is None:
            return
        old = _OLD.match(text)
        spelling = f"{old[2]}{old[3]}{old[4]}/{old[5]}" if old and not text[:1].isalpha() else text
        try:
            symbol = classification.parse(spelling, _SCHEMES[scheme])
        except Invalid:
            if "classification_damaged" not in self._notes:
                self._notes.append("classification_damaged")
            return
        said = symbol.edition or edition or (old[1] if old else None)
        self._found.setdefault((scheme, symbol.canonical), Classification(scheme, symbol.canonical, said))
        if first or _FIRST.search(text):
            self._first.setdefault(scheme, symbol.canonical)

    def taken(self) -> list[Classification]:
        for scheme, symbol in self._found:
            self._first.setdefault(scheme, symbol)
        return [one._replace(first=self._first[one.scheme] == one.symbol) for one in self._found.values()]


def classes(front: Node, notes: list[str]) -> list[Classification]:
    """IPC and CPC of a ``bibliographic-data`` element; the IPC of editions 1 to 7 only where the present one is not there."""
    found = Classes(notes)
    present = front.every("classifications-ipcr", "classification-ipcr")
    for one in present:
        found.add("ipc", one.word("text"))
    if not present:
        for block in front.every("classification-ipc"):
            edition = block.word("edition")
            for name in ("main-classification", "further-classification", "text"):
                for one in block.every(name):
                    found.add("ipc", one.word(), edition=edition)
    _cooperative(front.every("patent-classifications", "patent-classification"), found)
    return found.taken()


def _cooperative(entries: Iterable[Node], found: Classes) -> None:
    for one in entries:
        scheme = one.first("classification-scheme")
        if scheme is None or not (scheme.get("scheme") or "").startswith("CPC"):
            continue
        version = scheme.word("date") or ""
        edition = f"{version[:4]}.{version[4:6]}" if len(version) == len("20130101") else None
        text = one.word("classification-symbol")
        if text is None:
            *parts, subgroup = one.words(*_PARTS)
            text = "".join(part or "" for part in parts) + f"/{subgroup}"
        found.add("cpc", text, edition=edition, first=one.word("symbol-position") == "F")
