"""What rooms build their own operations of the open API of: the number of a case, the scopes, what a case just opened is."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from qiantang.commons.casework.rules import CASES_READ, CASES_WRITE
from qiantang.commons.catalogue.bases import Answer

__all__ = ["CASES_READ", "CASES_WRITE", "CaseNumber", "Opened", "Organisation"]

CaseNumber = Annotated[
    str, Field(min_length=1, max_length=80, pattern=r"^[^/\x00-\x1f\x7f]+$", description="Number of a case, in any punctuation, or an old number that it had before.")
]  # fmt: skip
Organisation = Annotated[
    str, Field(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z -]+$", description="Credit code of the organisation for which you act, under a mandate for it.")
]  # fmt: skip


class Opened(Answer):
    """A case just opened."""

    number: str
    code: str = Field(
        description="Query code, with which its status is told without signing in: shown now, and never again."
    )
