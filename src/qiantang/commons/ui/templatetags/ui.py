"""Form of text and figures in templates: highlights, counts, days, moments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from html import escape

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from qiantang.commons.ui.types import READING_MODE_COOKIE, ReadingMode

register = template.Library()


def _joined(marks: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """The marks inside the text, in order, overlapping ones made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(end, length)) for start, end in marks):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


@register.simple_tag
def marked(text: str, marks: Iterable[tuple[int, int]]) -> SafeString:
    """The text, escaped, with each marked stretch (start, end excluded) in ``<mark>``.

    Marks count characters of the raw text; those outside it are cut off, overlapping ones become one.
    """
    parts: list[SafeString] = []
    done = 0
    for start, end in _joined(marks, len(text)):
        parts += [conditional_escape(text[done:start]), format_html("<mark>{}</mark>", text[start:end])]
        done = end
    parts.append(conditional_escape(text[done:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part above is escaped


COLOURS = 8  # of terms; a ninth has the colour of the first


@register.simple_tag
def coloured(
    text: str, stretches: Iterable[tuple[int, int, int, tuple[int, ...]]], named: Mapping[int, str] | None = None
) -> SafeString:
    """The text, escaped, with each stretch (start, end excluded, number of its term, terms that begin there) in ``<mark>``.

    Stretches come in order and lie inside the text, none over another. A term has a colour and a line of its own kind.

    named   the id of a mark, by its place among the stretches
    """
    parts: list[str] = []
    done = 0
    for place, (start, end, term, begins) in enumerate(stretches):
        anchor = f' id="{escape(named[place])}"' if named and place in named else ""
        begun = " ".join(map(str, begins))
        mark = f'<mark class="qt-term qt-term-{term % COLOURS + 1}" data-begins="{begun}"{anchor}>'
        parts += [escape(text[done:start]), mark, escape(text[start:end]), "</mark>"]
        done = end
    parts.append(escape(text[done:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part above is escaped


@register.simple_tag
def unknown() -> SafeString:
    """The words for what nobody told us; never an empty cell, a dash or a zero."""
    return format_html('<span class="qt-unknown">{}</span>', _("not known"))


@register.filter
def count(value: float | None) -> str:
    """A number with thousands parted by commas; null is "not known"."""
    return unknown() if value is None else f"{value:,}"


@register.filter
def day(value: date | None) -> str:
    """A calendar day in the one form of the house, 2026-11-23; null is "not known"."""
    return unknown() if value is None else value.isoformat()[:10]


@register.filter
def moment(value: str | datetime | None) -> str:
    """An instant (aware, or ISO 8601 text) on the city's clock: 2026-11-23 14:03; null is "not known"."""
    if value is None or value == "":
        return unknown()
    instant = datetime.fromisoformat(value) if isinstance(value, str) else value
    return timezone.localtime(instant).strftime("%Y-%m-%d %H:%M")


@register.filter
def percent(part: int | None, whole: int | None) -> str:
    """``part`` of ``whole`` in per cent with one place; unknown where there is no whole. 100.0 only where complete."""
    if part is None or not whole:
        return unknown()
    share = 100 * part / whole
    shown = f"{share:.1f}"
    if part < whole and shown == "100.0":
        shown = "99.9"
    if part > 0 and shown == "0.0":
        shown = "<0.1"
    return f"{shown}%"


@register.filter
def kib(value: int | None) -> str:
    """A size in bytes for people: 812 B, 14.2 KB, 3.1 MB."""
    if value is None:
        return unknown()
    size = float(value)
    for unit in ("B", "KB", "MB"):
        if size < 1000:  # noqa: PLR2004 - the step from one unit to the next
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"


@register.simple_tag(takes_context=True)
def reads_large(context: template.RequestContext) -> bool:
    """Whether the person who reads asked for larger text."""
    return _mode(context) in {ReadingMode.LARGE, ReadingMode.ELDER}


@register.simple_tag(takes_context=True)
def reads_simply(context: template.RequestContext) -> bool:
    """Whether the person who reads asked for larger text and fewer choices."""
    return _mode(context) == ReadingMode.ELDER


def _mode(context: template.RequestContext) -> str:
    """What the session of a person brought from their account, else what the browser keeps."""
    request = context.get("request")
    if not request:
        return ""
    session = getattr(request, "session", {})
    return str(session.get(READING_MODE_COOKIE) or request.COOKIES.get(READING_MODE_COOKIE, ""))


@register.filter
def item(sequence: Sequence[object], place: int) -> object:
    """The element at a place that stands in a variable, counted from 0."""
    return sequence[place]


@register.filter
def percent_width(part: int, whole: int) -> str:
    """The length of a bar for ``part`` of ``whole``, 0.00 to 100.00, for an SVG attribute."""
    return f"{100 * part / whole if whole else 0:.2f}"


@register.simple_tag(takes_context=True)
def drawn_alone(context: template.RequestContext) -> bool:
    """Whether htmx asked for a fragment, so that what stands around it on the page is older than this."""
    request = context.get("request")
    return bool(request and request.headers.get("HX-Request") == "true")
