"""The claims of a patent publication by publication, as each source gave them: the application as published, the grant.

The record holds the most credible text; the statements behind it keep the others with the document that carried them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qiantang.corpus.register.methods.merge import Statement, unite
from qiantang.corpus.register.types import Part, Publication, SourceRank, SourceRow

# Formats that tell of a file as it stands, not of one printed document: their claims may be of any day.
_OF_THE_FILE = frozenset({"uspto-prosecution-lines", "uspto-file-wrapper-xml"})
# Pages of one document, its own publication first and the others of the right behind it.
_OWN_FIRST = frozenset({"google-patents-page"})


@dataclass(frozen=True, slots=True)
class ClaimVersion:
    """One text of the claims.

    key          names it in an address: ``CN107000001B-zh``; of an unsaid publication ``x1-zh``
    publication  the document that carries it; None: the source does not say which
    machine      whether a machine translated it
    held         whether it is the text that the record holds
    sources      the rows that gave it
    """

    key: str
    publication: Publication | None
    language: str
    machine: bool
    text: str
    held: bool
    sources: tuple[SourceRow, ...]


def claim_versions(statements: Iterable[Statement], held: Sequence[Publication]) -> tuple[ClaimVersion, ...]:
    """Every text once, the oldest publication first, those of an unsaid one last.

    Of several texts of one publication in one language the most credible counts; one of an unsaid publication that says what
    another says is left out.

    held  the publications of the record: one that a source names here but that belongs to another patent is not said
    """
    found: dict[tuple[str, str, bool], ClaimVersion] = {}
    dated = {(one.number, one.kind): one for one in held}
    first_of: dict[str, str] = {}
    for statement in unite(statements):
        for text in statement.said["texts"]:
            if text["part"] != Part.CLAIMS:
                continue
            own = _own_publication(statement)
            publication = dated.get((own["number"], own["kind"])) if own else None
            label = f"{publication.number}{publication.kind or ''}" if publication else f"?{text['text']}"
            slot = label, text["language"], bool(text["machine"])
            is_held = first_of.setdefault(text["language"], text["text"]) == text["text"]
            if slot not in found:
                found[slot] = ClaimVersion("", publication, slot[1], slot[2], text["text"], is_held, statement.sources)
    said = {one.text for one in found.values() if one.publication}
    kept = [one for one in found.values() if one.publication or one.text not in said]
    return _named(sorted(kept, key=_order))


def _own_publication(statement: Statement) -> dict[str, Any] | None:
    """The document that a statement is about; None where it names several and does not say which, or is about none."""
    formats = {row.reader for row in statement.sources}
    printed: list[dict[str, Any]] = list(statement.said["publications"])
    if not printed or formats & _OF_THE_FILE:
        return None
    speaks_first = formats & _OWN_FIRST or any(row.rank == SourceRank.OFFICIAL_FULL_TEXT for row in statement.sources)
    return printed[0] if len(printed) == 1 or speaks_first else None


def _order(one: ClaimVersion) -> tuple[bool, date, str, bool, str]:
    publication = one.publication
    day = publication.date if publication and publication.date else date.max
    number = f"{publication.number}{publication.kind or ''}" if publication else ""
    return publication is None, day, number, one.machine, one.language


def _named(versions: Sequence[ClaimVersion]) -> tuple[ClaimVersion, ...]:
    named, unsaid = [], 0
    for one in versions:
        unsaid += one.publication is None
        number = f"{one.publication.number}{one.publication.kind or ''}" if one.publication else f"x{unsaid}"
        key = f"{number}-{one.language}{'-machine' if one.machine else ''}"
        named.append(ClaimVersion(key, one.publication, one.language, one.machine, one.text, one.held, one.sources))
    return tuple(named)
