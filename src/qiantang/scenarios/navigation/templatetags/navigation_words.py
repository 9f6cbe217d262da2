"""Figures and words of navigation in templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from qiantang.scenarios.navigation.selectors import words
from qiantang.scenarios.navigation.selectors.of_patent import PatentNotes, of_patent
from qiantang.scenarios.navigation.selectors.report_annex import shown_value

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from qiantang.scenarios.navigation.selectors.editions import Book, FigureShown

register = template.Library()


@register.filter
def shown(figure: FigureShown) -> SafeString:
    """A figure as a link to its patents; what is not known says so, and why."""
    if figure.value is None:
        why = words.WHY.get(figure.why)
        title = format_html(' <span class="qt-small qt-quiet">({})</span>', why) if why else ""
        return format_html('<span><span class="qt-unknown">{}</span>{}</span>', _("not known"), title)
    if figure.url is None:
        return format_html('<span class="qt-num">{}</span>', shown_value(figure))
    return format_html('<a class="qt-num" href="{}">{}</a>', figure.url, shown_value(figure))


@register.filter
def told(figure: FigureShown) -> str:
    """The value of a figure without a link; empty where it is not known."""
    return "" if figure.value is None else shown_value(figure)


@register.filter
def figure(book: Book, key: str) -> FigureShown:
    return book[key]


@register.filter
def word(key: str, vocabulary: str) -> str:
    """The word of a key in one of this room's vocabularies: ``roles``, ``states``, ``decisions``, ``duties``, ``kinds`` …"""
    return str(getattr(words, vocabulary.upper()).get(key, key))


@register.filter
def listed(things: list[str]) -> str:
    """Names that may have commas of their own."""
    return words.listed(map(str, things))


@register.filter
def in_a_row(things: list[str]) -> str:
    """Short words side by side."""
    return ("、" if words.language().startswith("zh") else ", ").join(map(str, things))


@register.filter
def percent_of(share: float | None) -> str:
    """A share as per cent with one place; empty where it is not known."""
    return "" if share is None else f"{100 * share:.1f}%"


@register.simple_tag
def notes_of(patent_id: str) -> PatentNotes:
    """What this room knows of a patent, for the panel on its page."""
    return of_patent(patent_id)
