"""Places of a classification and fields of technology as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClassTitle:
    """One place of the International Patent Classification, from section to main group.

    code      canonical: ``G``, ``G06``, ``G06F``, ``G06F16``
    title_zh  as CNIPA publishes it, without references in brackets
    title_en  as WIPO publishes it, likewise; None where the table has none
    """

    code: str
    title_zh: str
    title_en: str | None

    def title(self, language: str) -> str:
        """The title in Chinese for a ``language`` that begins with ``zh``; else in English, or Chinese where there is none."""
        return self.title_zh if language.startswith("zh") else self.title_en or self.title_zh


@dataclass(frozen=True, slots=True)
class TechnologyField:
    """One of WIPO's 35 fields of technology; ``number`` from 1 as in the concordance."""

    number: int
    name_zh: str
    name_en: str
    sector_zh: str
    sector_en: str

    def name(self, language: str) -> str:
        return self.name_zh if language.startswith("zh") else self.name_en

    def sector(self, language: str) -> str:
        return self.sector_zh if language.startswith("zh") else self.sector_en


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry of a scheme; ``parent`` is empty for one at the top."""

    code: str
    parent: str
    name_zh: str
    name_en: str

    def name(self, language: str) -> str:
        """In Chinese for a ``language`` that begins with ``zh``, else in English."""
        return self.name_zh if language.startswith("zh") else self.name_en


@dataclass(frozen=True, slots=True)
class IndustryRule:
    """One line of an official table: IPC places that belong to an industry, and those that do not.

    keywords    whether the table narrows the rule by words that are not kept here: by IPC alone it takes too much
    """

    industry: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    keywords: bool
