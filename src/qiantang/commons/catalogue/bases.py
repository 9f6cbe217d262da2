"""What answers, bodies and parameters of the open API are made of, so that all of them keep the same bounds."""

from __future__ import annotations

import base64
import binascii
import io
import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from qiantang.kernel.paging import MAX_PAGE_SIZE

_WITHOUT_NUL = r"^[^\x00]*$"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LARGEST = 2**53 - 1  # whole numbers beyond are not the same in every language that reads JSON


FILE_BYTES = 20 * 2**20  # of a file in a body; larger ones go by the page
_ENCODED = 4 * FILE_BYTES // 3 * 78 // 76 + 4  # the same in base64, in lines as MIME writes them


class Answer(BaseModel):
    """An object that the API gives. What is not known is null and always there."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Body(BaseModel):
    """An object that the API takes; a member that it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _calendar_day(told: object) -> object:
    """A day as it is written; a bare number would be read as seconds since 1970, which nobody means."""
    if not isinstance(told, str | date) or (isinstance(told, str) and not _DAY.fullmatch(told)):
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


def _decoded(told: object) -> object:
    if isinstance(told, bytes):
        return told
    if not isinstance(told, str) or len(told) > _ENCODED:
        raise ValueError(f"a file is a text in base64, of at most {_ENCODED} characters")
    try:
        content = base64.b64decode("".join(told.split()), validate=True)
    except (binascii.Error, ValueError) as fault:
        raise ValueError("this is no base64 (RFC 4648, section 4)") from fault
    if not content:
        raise ValueError("the file is empty")
    if len(content) > FILE_BYTES:
        raise ValueError(f"the file has more than {FILE_BYTES // 2**20} MB")
    return content


Content = Annotated[
    bytes,
    BeforeValidator(_decoded),
    WithJsonSchema(
        {
            "type": "string",
            "contentEncoding": "base64",
            "minLength": 1,
            "maxLength": _ENCODED,
            "pattern": r"^[A-Za-z0-9+/=\s]+$",
        }
    ),
]


class FileHandedIn(Body):
    """A file within a body; its endpoint says ``takes_file``. What it is decides the content, never its name."""

    name: Line = Field(description="Name of the file.")
    content: Content = Field(description="The file in base64; it has 20 MB at most.")

    def stream(self) -> io.BytesIO:
        """The file, as an upload of a page hands it over."""
        return io.BytesIO(self.content)
