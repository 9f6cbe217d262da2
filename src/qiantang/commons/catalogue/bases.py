"""What answers, bodies and parameters of the open API are made of, so that all of them keep the same bounds."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from qiantang.kernel.paging import MAX_PAGE_SIZE

_WITHOUT_NUL = r"^[^\x00]*$"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LARGEST = 2**53 - 1  # whole numbers beyond are not the same in every language that reads JSON


class Answer(BaseModel):
    """An object that the API gives. What is not known is null and always there."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Body(BaseModel):
    """An object that the API takes; a member that it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _calendar_day(told: object) -> object:
    if isinstance(told, str) and not _DAY.fullmatch(told):
        raise ValueError("a day is YYYY-MM-DD")
    return told


Day = Annotated[date, BeforeValidator(_calendar_day, json_schema_input_type=date)]
Text = Annotated[str, Field(max_length=2_000, pattern=_WITHOUT_NUL)]
Line = Annotated[str, Field(min_length=1, max_length=200, pattern=_WITHOUT_NUL)]
Key = Annotated[int, Field(ge=1, le=LARGEST)]
Limit = Annotated[int, Field(ge=1, le=MAX_PAGE_SIZE, description="How many at most in one answer.")]
CursorText = Annotated[
    str,
    Field(
        min_length=1,
        max_length=400,
        pattern=r"^[A-Za-z0-9_-]+$",
        description="Where to go on: `next` of the answer before. It fits the same question only.",
    ),
]
