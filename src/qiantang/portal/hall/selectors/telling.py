"""The sentence and the next step of a refusal that is told on the page itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from qiantang.commons.casework.types import REFUSALS as OF_CASES
from qiantang.portal.hall.types.refusals import REFUSALS

if TYPE_CHECKING:
    from collections.abc import Mapping


def told_of(code: str, facts: Mapping[str, object]) -> str:
    """Both, in the reader's language; the code itself for one of another room."""
    sentences = {**OF_CASES, **REFUSALS}.get(code)
    return code if sentences is None else " ".join(gettext(text) % facts for text in sentences)
