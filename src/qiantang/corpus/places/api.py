"""The front door of places."""

from __future__ import annotations

from datetime import date

from qiantang.commons.refdata import api as refdata
from qiantang.corpus.places import selectors
from qiantang.corpus.places.types import Place, Rule

__all__ = ["Place", "Rule", "name_of", "resolve", "today"]


def resolve(
    address: str | None, postcode: str | None = None, country: str | None = None, day: date | None = None
) -> Place:
    """The place of an address as of ``day``; without a day, as of today.

    postcode    six digits; one glued to the front of the address is found there
    country     WIPO ST.3; where it is not China's, the address is not looked at
    Nothing raises: what is not recognised stays None.
    """
    return selectors.resolver().resolve(address, postcode, country, day)


def name_of(code: str, day: date | None, language: str) -> str:
    """The region's name on ``day`` (None: today), Chinese for a language that begins with ``zh``, else English.

    errors  KeyError for a code that the table of regions does not hold
    """
    return refdata.regions().name(code, language, day)


def today(code: str) -> tuple[str, ...]:
    """The codes on today's boundaries for a code of any time: one, several where it was divided, none where that is not known.

    errors  KeyError for a code that the table of regions does not hold
    """
    return selectors.resolver().today(code)
