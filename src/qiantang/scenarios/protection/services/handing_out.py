"""Documents of a matter, handed out to its sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.commons.documents import api as documents
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import NotFound
from qiantang.kernel.identifiers import parse_case_number
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.selectors.disputes import dispute_row, proceeding_row
from qiantang.scenarios.protection.selectors.registers import entry_row

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor as _Actor

_LANGUAGES = {"zh": "zh-hans", "en": "en"}


def dispute_document(*, actor: _Actor, number: str, paper: str, language: str) -> tuple[bytes, str]:
    """The PDF of a document that belongs to a dispute, for everybody who sees the dispute; and its name.

    errors  NotFound ``casework.unknown``, ``documents.unknown``
    """
    row = dispute_row(actor, number)
    return _handed_out(row.case.number, paper, language)


def matter_document(*, actor: _Actor, number: str, paper: str, language: str) -> tuple[bytes, str]:
    """The PDF of a document that belongs to a matter, for everybody who stands in it, and who audits; and its name.

    errors  NotFound ``casework.unknown``, ``documents.unknown``
    """
    row = proceeding_row(actor, number)
    if policies.side_in(actor, row) is None and not actor.has_role("auditor"):
        raise NotFound("documents.unknown", number=paper[:40])
    return _handed_out(row.case.number, paper, language)


def entry_document(*, actor: _Actor, number: str, language: str) -> tuple[bytes, str]:
    """The PDF of the notice before an entry, for whom it concerns and for the office; and its name.

    errors  NotFound ``casework.unknown``, ``documents.unknown``
    """
    row = entry_row(actor, number)
    if not row.notice_document:
        raise NotFound("documents.unknown", number="")
    return _handed_out(row.case.number, row.notice_document, language)


def _handed_out(case: str, paper: str, language: str) -> tuple[bytes, str]:
    platform = Actor.system("papers of disputes")
    told = documents.document_told(platform, paper)
    if not told.case or parse_case_number(told.case).compact != case:
        raise NotFound("documents.unknown", number=paper[:40])
    content, _file = documents.document_file(actor=platform, number=paper, language=_LANGUAGES.get(language, "zh-hans"))
    return content, f"{told.number}-{language}.pdf"
