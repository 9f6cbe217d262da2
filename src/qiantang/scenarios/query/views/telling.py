"""What several pages of the search desk do alike: say why something was refused, write harmless cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from qiantang.scenarios.query.types import REFUSALS

if TYPE_CHECKING:
    from qiantang.kernel.errors import DomainError

_FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")  # full-width ones too: some spreadsheets fold them


def told(error: DomainError, **words: str) -> str:
    """Sentence and next step of a refusal of this room; ``words`` stand in for facts that are keys."""
    facts = {**error.facts, **words}
    return " ".join(gettext(text) % facts for text in REFUSALS[error.code])


def harmless(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_SIGNS) else cell


class Echo:
    """What a CSV writer writes to: gives back each line."""

    def write(self, line: str) -> str:
        return line
