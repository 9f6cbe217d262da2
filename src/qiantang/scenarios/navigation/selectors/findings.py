"""Sentences that are computed: each with numbers that open their patents. What is not known is not said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qiantang.commons.ui.api import word_for
from qiantang.scenarios.navigation.selectors import words
from qiantang.scenarios.navigation.selectors.editions import FigureShown
from qiantang.scenarios.navigation.types import FigureKind

if TYPE_CHECKING:
    from qiantang.scenarios.navigation.models import Edition
    from qiantang.scenarios.navigation.selectors.editions import Book
    from qiantang.scenarios.navigation.types import Chain


@dataclass(frozen=True, slots=True)
class Sentence:
    """A finding: what it is about, the sentence, and the figures in it, in their order."""

    section: str
    text: str
    figures: tuple[FigureShown, ...]


def percent(value: float) -> str:
    return f"{100 * value:.1f}%"


def sentences(row: Edition, book: Book, chain: Chain) -> list[Sentence]:
    """What an edition says of a node, in order; a sentence without its numbers is left out."""
    name = words.node_name(chain, book.node.code)
    found = [
        _size(book, name, row),
        _growth(book),
        _stage(book),
        _origins(book),
        _abroad(book),
        _owners(book),
        _key(book),
        _place(book),
        _risk(book),
        _talent(book),
    ]
    return [one for one in found if one is not None]


def _size(book: Book, name: str, row: Edition) -> Sentence:
    facts = {
        "name": name,
        "total": f"{book.value('total'):,}",
        "families": f"{book.value('families'):,}",
        "force": f"{book.value('in_force'):,}",
        "snapshot": row.snapshot,
    }
    text = (
        _("%(name)s: %(total)s patents in %(families)s families on snapshot %(snapshot)s; %(force)s are in force.")
        % facts
    )
    return Sentence("situation", text, (book["total"], book["families"], book["in_force"]))


def _growth(book: Book) -> Sentence | None:
    cagr = book.value("cagr")
    if cagr is None:
        return None
    text = _("Filings changed by %(rate)s a year over the last five complete years.") % {"rate": percent(cagr)}
    return Sentence("situation", text, (book["cagr"],))


def _stage(book: Book) -> Sentence | None:
    share, middle = book.value("curve_share"), book.value("curve_middle")
    if share is None or middle is None:
        return None
    text = _(
        "The logistic curve puts its turning point at %(year)s and what is reached at %(share)s of saturation."
    ) % {
        "year": round(middle),
        "share": percent(share),
    }
    return Sentence("situation", text, (book["curve_middle"], book["curve_share"]))


def _origins(book: Book) -> Sentence | None:
    rows = book.rows("origins")
    total = book.value("total")
    if not rows or not total:
        return None
    first = rows[0]["figures"][0]
    share = FigureShown("origins_share", (first.value or 0) / total, FigureKind.RATE, "", (first.key, "total"), None)
    facts = {"country": word_for("office", rows[0]["value"]), "share": percent(share.value or 0)}
    text = _("The largest part comes from %(country)s: %(share)s.") % facts
    return Sentence("situation", text, (first, book["total"], share))


def _abroad(book: Book) -> Sentence | None:
    share = book.value("export_ratio")
    if share is None:
        return None
    text = _("%(share)s of the families are protected outside their country of origin.") % {"share": percent(share)}
    return Sentence("layout", text, (book["export_ratio"], book["families_abroad"]))


def _owners(book: Book) -> Sentence | None:
    rows, share = book.rows("applicants"), book.value("cr4")
    if not rows or share is None:
        return None
    first = rows[0]["figures"][0]
    facts = {"owner": rows[0]["label"], "families": f"{first.value:,}", "share": percent(share)}
    text = _("%(owner)s leads with %(families)s families; the four largest owners have %(share)s.") % facts
    return Sentence("applicants", text, (first, book["cr4"]))


def _key(book: Book) -> Sentence | None:
    number = book.value("key_patents")
    if not number:
        return None
    text = ngettext(
        "%(number)s key patent stands out, each for a reason that is named.",
        "%(number)s key patents stand out, each for a reason that is named.",
        int(number),
    ) % {"number": number}
    return Sentence("key_patents", text, (book["key_patents"],))


def _place(book: Book) -> Sentence | None:
    share, gap = book.value("city_share"), int(book.value("gap") or 0)
    if share is None:
        return None
    facts = {"share": percent(share), "city": f"{book.value('city'):,}", "placed": f"{book.value('node_placed'):,}"}
    text = _("The city has %(city)s of %(placed)s Chinese patents with a known region: %(share)s.") % facts
    rta = book.value("rta")
    if rta is not None:
        text += " " + _("Its specialisation (RTA) is %(rta)s.") % {"rta": f"{rta:.2f}"}
    if gap:
        text += " " + _("What that asks for: %(gap)s (%(meaning)s).") % {
            "gap": words.GAPS[gap],
            "meaning": words.GAP_MEANINGS[gap],
        }
    return Sentence("position", text, (book["city"], book["node_placed"], book["city_share"], book["rta"], book["gap"]))


def _risk(book: Book) -> Sentence | None:
    outside = book.value("risk.outside")
    if not outside or not book.value("risk.local"):
        return None
    text = _("Where owners of the city are active, owners outside it hold %(number)s Chinese patents in force.") % {
        "number": f"{outside:,}"
    }
    return Sentence("risk", text, (book["risk.outside"], book["risk.local"]))


def _talent(book: Book) -> Sentence | None:
    everyone, local = book.value("people"), book.value("people_local")
    if not everyone or local is None:
        return None
    text = _(
        "%(local)s of %(people)s inventors stand on patents of the city; a name under one owner is taken as a person."
    ) % {
        "local": f"{int(local):,}",
        "people": f"{int(everyone):,}",
    }
    return Sentence("talent", text, (book["people_local"], book["people"]))
