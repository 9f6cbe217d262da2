"""A refusal as a sentence, beside the field it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from qiantang.scenarios.navigation.types import REFUSALS

if TYPE_CHECKING:
    from qiantang.kernel.errors import DomainError


def refusal_words(error: DomainError) -> str:
    """What happened and what to do, in the reader's language; the code for a refusal that is not of this room."""
    if error.code not in REFUSALS:
        return error.code
    sentence, step = REFUSALS[error.code]
    facts = {key: "" if value is None else value for key, value in error.facts.items()}
    return f"{gettext(sentence) % facts} {gettext(step) % facts}"
