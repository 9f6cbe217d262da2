"""Bounds that the bodies of this room share."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from qiantang.commons.casework import bases
from qiantang.commons.catalogue.bases import Key

CASES_READ, CASES_WRITE = bases.CASES_READ.key, bases.CASES_WRITE.key
_MOST_YUAN = 10**12
_TRIMMED = StringConstraints(strip_whitespace=True)  # a form trims too: blanks alone are nothing said
_WITHOUT_NUL = r"^[^\x00]*$"

Number = Annotated[
    str,
    Field(min_length=1, max_length=80, pattern=r"^[^/\x00-\x1f\x7f]+$", description="Number of a case, in any punctuation."),
]  # fmt: skip
DepositNumber = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9-]+$")]
Deposits = Annotated[list[DepositNumber], Field(max_length=100)]
RowKey = Annotated[Key, Field(description="Key of a row, as the answers tell it.")]
Yes = Annotated[bool, Field(strict=True)]  # nobody guesses what a text would mean, nor of money
Yuan = Annotated[int, Field(strict=True, ge=0, le=_MOST_YUAN)]
Short = Annotated[str, Field(max_length=80, pattern=_WITHOUT_NUL), _TRIMMED]
Named = Annotated[str, Field(max_length=200, pattern=_WITHOUT_NUL), _TRIMMED]
Remark = Annotated[str, Field(max_length=500, pattern=_WITHOUT_NUL), _TRIMMED]
Passage = Annotated[str, Field(max_length=4_000, pattern=_WITHOUT_NUL), _TRIMMED]
Said = Annotated[str, Field(max_length=8_000, pattern=_WITHOUT_NUL), _TRIMMED]
LongText = Annotated[str, Field(max_length=20_000, pattern=_WITHOUT_NUL), _TRIMMED]
