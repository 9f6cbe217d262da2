"""Numbers as a source writes them: canonical spelling and identity keys, worked out once.

One memory serves one reading of one file: a damaged spelling (``2.02E+12``, twelve thousand times in one file) is looked at
the first time only.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from qiantang.kernel import numbers
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from qiantang.corpus.register.types import Observation, Publication
    from qiantang.kernel.numbers import PatentNumber

_REMEMBERED = 20_000


class NumberMemory:
    """Parses the numbers of one file. Bounded: forgets everything when it holds 20,000 refused spellings."""

    def __init__(self) -> None:
        self._refused: dict[str, Invalid] = {}

    def application(self, text: str, office: str | None = None) -> PatentNumber:
        """Errors  ``Invalid`` number.unrecognised · number.damaged, as ``kernel.numbers.parse``"""
        if text in self._refused:
            # Raised again as it is, it would carry the frames of every raise before, and all that stands in them.
            raise self._refused[text].with_traceback(None)
        try:
            return numbers.parse(text, office=office, role=numbers.NumberRole.APPLICATION)
        except Invalid as refused:
            if len(self._refused) >= _REMEMBERED:
                self._refused.clear()
            self._refused[text] = refused
            raise

    def publication(self, text: str, office: str | None = None) -> PatentNumber:
        """Errors  ``Invalid`` number.unrecognised · number.damaged, as ``kernel.numbers.parse``"""
        return numbers.parse(text, office=office, role=numbers.NumberRole.PUBLICATION)

    def keys(self, observation: Observation) -> list[str]:
        """The identity keys of an observation: its application number's, then its publications', each once."""
        found = []
        if observation.application_number is not None:
            found.append(self.application(observation.application_number).key)
        found += [self._published(publication) for publication in observation.publications]
        return list(dict.fromkeys(found))

    def _published(self, publication: Publication) -> str:
        """Where one series of numbers serves several rights, only the kind tells them apart."""
        if publication.kind is not None:
            # A kind the office's rules do not foresee does not make the number another one.
            with suppress(Invalid):
                return self.publication(publication.number + publication.kind).key
        return self.publication(publication.number).key
