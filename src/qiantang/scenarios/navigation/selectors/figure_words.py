"""What a figure is, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from qiantang.commons.ui.api import word_for
from qiantang.scenarios.navigation.selectors import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from qiantang.scenarios.navigation.selectors.editions import Book
    from qiantang.scenarios.navigation.types import Chain

_ROWS = {
    "owner": "applicants",
    "owners": "networks",
    "firm": "position",
    "risk": "risk",
    "talent": "talent",
}


def _plain(key: str) -> str | None:
    return {
        "total": _("Patents"),
        "families": _("Families"),
        "in_force": _("Patents in force"),
        "state_unknown": _("Patents whose status is not known"),
        "year_unknown": _("Patents whose filing year is not known"),
        "families_abroad": _("Families with a member outside their country of origin"),
        "export_ratio": _("Share of families protected abroad"),
        "cagr": _("Growth a year over five complete years (CAGR)"),
        "life_stage": _("Stage of life by the indicator set"),
        "curve_ceiling": _("Families at saturation, by the logistic curve"),
        "curve_middle": _("Year of the turning point, by the logistic curve"),
        "curve_span": _("Years from 10 % to 90 %, by the logistic curve"),
        "curve_share": _("Share of saturation reached"),
        "curve_fit": _("Share of the variance that the curve explains (R²)"),
        "cr4": _("Share of the four largest owners (CR4)"),
        "hhi": _("Concentration among owners (HHI)"),
        "owners": _("Owners"),
        "new_entrants": _("Share of owners new in the last complete year"),
        "key_patents": _("Key patents"),
        "city": _("Patents of the city"),
        "city_share": _("Share of the city"),
        "city_growth": _("Growth of the city: three complete years on the three before"),
        "city_now": _("Patents of the city in the last three complete years"),
        "city_before": _("Patents of the city in the three years before"),
        "node_placed": _("Chinese patents with a known region"),
        "node_unplaced": _("Chinese patents without a known region"),
        "margin_city": _("Patents of the city in all industries"),
        "margin_all": _("Chinese patents with a known region in all industries"),
        "rta": _("Specialisation of the city (RTA)"),
        "rpa": _("Relative patent advantage of the city (RPA)"),
        "gap": _("What the place of the city asks for"),
        "firms": _("Owners in the city"),
        "people": _("Inventors"),
        "people_local": _("Inventors on patents of the city"),
        "risk.local": _("Patents of the city here"),
        "risk.outside": _("Chinese patents in force of owners outside the city"),
        "risk.unplaced": _("Chinese patents in force whose owner's region is not known"),
        "citations_inside": _("Citations within the node"),
        "unspoken": _("Patents that speak of none of the effects and means"),
        "owners.joint": _("Patents with several owners"),
        "owners.joint_share": _("Share of patents with several owners"),
        "owners.density": _("Density of the network of owners"),
        "people.joint": _("Patents with several inventors"),
        "people.joint_share": _("Share of patents with several inventors"),
        "people.density": _("Density of the network of inventors"),
        "path_ties": _("Main paths of the same weight"),
        "topics_total": _("Patents in topics"),
        "topics_stability": _("How stable the topics are"),
    }.get(key)


def told(key: str, book: Book, chain: Chain) -> str:
    """The name of a figure in the reader's language; the key itself for what has none."""
    plain = _plain(key)
    if plain is not None:
        return plain
    head, _point, rest = key.partition(".")
    made = _MADE.get(head)
    return made(rest, book, chain) if made else key


def _year(rest: str, _book: Book, _chain: Chain) -> str:
    return _("Filed in %(year)s") % {"year": rest}


def _change(rest: str, _book: Book, _chain: Chain) -> str:
    return _("Change in %(year)s on the year before") % {"year": rest}


def _office(rest: str, _book: Book, _chain: Chain) -> str:
    return _("At the office: %(office)s") % {"office": word_for("office", rest)}


def _origin(rest: str, _book: Book, _chain: Chain) -> str:
    return _("From: %(country)s") % {"country": word_for("office", rest)}


def _type(rest: str, _book: Book, _chain: Chain) -> str:
    return word_for("type", rest)


def _state(rest: str, _book: Book, _chain: Chain) -> str:
    return str(words.BUCKETS.get(rest, rest))


def _branch(rest: str, _book: Book, chain: Chain) -> str:
    code = rest.removesuffix(".families").removesuffix(".in_force")
    return f"{code} {words.node_name(chain, code)}"


def _reason(rest: str, _book: Book, _chain: Chain) -> str:
    return _("Key patents: %(reason)s") % {"reason": words.REASONS.get(rest, rest)}


def _flow(rest: str, _book: Book, _chain: Chain) -> str:
    origin, _sign, office = rest.partition(">")
    facts = {"origin": word_for("office", origin), "office": word_for("office", office)}
    return _("Families from %(origin)s protected at %(office)s") % facts


def _key_flow(rest: str, book: Book, chain: Chain) -> str:
    return _("Key patents: %(reason)s") % {"reason": _flow(rest, book, chain)}


def _cell(rest: str, _book: Book, chain: Chain) -> str:
    i, j = (int(one) for one in rest.split(".")[:2])
    language = words.language()
    return f"{chain.effects[i].name(language)} × {chain.means[j].name(language)}"


def _named(analysis: str) -> Callable[[str, Book, Chain], str]:
    """A figure of a row that is named by its owner, found again by its own key."""

    def name(rest: str, book: Book, _chain: Chain) -> str:
        ending = rest.rpartition(".")[2]
        for row in book.rows(analysis):
            if any(cell.partition(".")[2] == rest for cell in row["cells"]):
                if analysis == "people":
                    return _("An inventor, or two together")
                return (
                    f"{str(row['value']).replace(chr(9), ' + ')} · {ending}"
                    if not ending.isdecimal()
                    else str(row["value"])
                )
        return rest

    return name


_MADE: dict[str, Callable[[str, Book, Chain], str]] = {
    "year": _year,
    "change": _change,
    "offices": _office,
    "origins": _origin,
    "types": _type,
    "states": _state,
    "branch": _branch,
    "key": _reason,
    "flow": _flow,
    "keyflow": _key_flow,
    "cell": _cell,
    "lift": _cell,
    "people": _named("people"),
    **{head: _named(analysis) for head, analysis in _ROWS.items()},
}
