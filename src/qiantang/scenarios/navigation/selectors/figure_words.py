"""What a figure is, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from qiantang.commons.ui.api import word_for
from qiantang.scenarios.navigation.selectors import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django_stubs_ext import StrOrPromise

    from qiantang.scenarios.navigation.selectors.editions import Book
    from qiantang.scenarios.navigation.types import Chain

_ROWS = {
    "owner": "applicants",
    "owners": "networks",
    "firm": "position",
    "risk": "risk",
    "talent": "talent",
}


_ENDINGS: Mapping[str, StrOrPromise] = {
    "families": __("families"),
    "patents": __("patents"),
    "in_force": __("patents in force"),
    "first_year": __("first filing"),
    "partners": __("partners"),
    "between": __("betweenness"),
    "people": __("inventors"),
    "long": __("with more than eight years left"),
}
_PLAIN: Mapping[str, StrOrPromise] = {
    "total": __("Patents"),
    "families": __("Families"),
    "in_force": __("Patents in force"),
    "state_unknown": __("Patents whose status is not known"),
    "year_unknown": __("Patents whose filing year is not known"),
    "origins_share": __("Share of the country that most come from"),
    "families_abroad": __("Families with a member outside their country of origin"),
    "export_ratio": __("Share of families protected abroad"),
    "cagr": __("Growth a year over five complete years (CAGR)"),
    "life_stage": __("Stage of life by the indicator set"),
    "curve_ceiling": __("Families at saturation, by the logistic curve"),
    "curve_low": __("Families at saturation, lower bound (95 %)"),
    "curve_high": __("Families at saturation, upper bound (95 %)"),
    "curve_phase": __("Phase on the logistic curve"),
    "cycle_time": __("Cycle time: median age of cited patents within the node, years"),
    "curve_middle": __("Year of the turning point, by the logistic curve"),
    "curve_span": __("Years from 10 % to 90 %, by the logistic curve"),
    "curve_share": __("Share of saturation reached"),
    "curve_fit": __("Share of the variance that the curve explains (R²)"),
    "cr4": __("Share of the four largest owners (CR4)"),
    "hhi": __("Concentration among owners (HHI)"),
    "owners": __("Owners"),
    "new_entrants": __("Share of owners new in the last complete year"),
    "key_patents": __("Key patents"),
    "marked.standard": __("Patents declared for a standard, as far as lists were brought in"),
    "marked.litigation": __("Patents a court decided about, as far as lists were brought in"),
    "city": __("Patents of the city"),
    "city_share": __("Share of the city"),
    "city_growth": __("Growth of the city: three complete years on the three before"),
    "city_now": __("Patents of the city in the last three complete years"),
    "city_before": __("Patents of the city in the three years before"),
    "node_placed": __("Chinese patents with a known region"),
    "node_unplaced": __("Chinese patents without a known region"),
    "margin_city": __("Patents of the city in all industries"),
    "margin_all": __("Chinese patents with a known region in all industries"),
    "rta": __("Specialisation of the city (RTA)"),
    "rpa": __("Relative patent advantage of the city (RPA)"),
    "gap": __("What the place of the city asks for"),
    "firms": __("Owners in the city"),
    "people": __("Inventors"),
    "people_local": __("Inventors on patents of the city"),
    "moves": __("Inventors who probably went from one owner to another"),
    "risk.local": __("Patents of the city here"),
    "risk.outside": __("Chinese patents in force of owners outside the city"),
    "risk.abroad": __("Chinese patents in force of owners abroad"),
    "risk.unplaced": __("Chinese patents in force whose owner's region is not known"),
    "citations_inside": __("Citations within the node"),
    "unspoken": __("Patents that speak of none of the effects and means"),
    "owners.joint": __("Patents with several owners"),
    "owners.joint_share": __("Share of patents with several owners"),
    "owners.density": __("Density of the network of owners"),
    "people.joint": __("Patents with several inventors"),
    "people.joint_share": __("Share of patents with several inventors"),
    "people.density": __("Density of the network of inventors"),
    "path_more": __("More main paths of the same weight than are told (1: yes)"),
    "path_ties": __("Main paths of the same weight"),
    "topics_total": __("Patents in topics"),
    "topics_none": __("Patents in no topic"),
    "topics_stability": __("How stable the topics are"),
}


def told(key: str, book: Book, chain: Chain) -> str:
    """The name of a figure in the reader's language; the key itself for what has none."""
    if key in _PLAIN:
        return str(_PLAIN[key])
    head, _point, rest = key.partition(".")
    made = _MADE.get(head)
    return made(rest, book, chain) if made else key


def _year(rest: str, _book: Book, _chain: Chain) -> str:
    return _("Filed in %(year)s") % {"year": rest}


def _change(rest: str, _book: Book, _chain: Chain) -> str:
    return _("Change in %(year)s on the year before") % {"year": rest}


def _by(rest: str, book: Book, chain: Chain) -> str:
    code, _point, year = rest.rpartition(".")
    return f"{_branch(code, book, chain)} · {_year(year, book, chain)}"


def _margin(rest: str, kind: str, chain: Chain) -> str:
    return (chain.effects if kind == "effect" else chain.means)[int(rest)].name(words.language())


def _topic(rest: str, book: Book, _chain: Chain) -> str:
    label = next((str(one["label"]) for one in book.rows("topics") if one["value"] == rest), rest)
    return _("Topic: %(words)s") % {"words": " · ".join(label.split()[:4])}


def _path(rest: str, _book: Book, _chain: Chain) -> str:
    at, _point, every = rest.partition(".")
    facts = {"number": int(at) + 1}
    return _("Main path %(number)s, all that was made one") % facts if every else _("Main path %(number)s") % facts


def _path_node(rest: str, book: Book, _chain: Chain) -> str:
    name = _drawn(book, f"path_node.{rest}") or rest
    return _("Drawn on the main path or a key route: %(patent)s, with all that was made one") % {"patent": name}


def _weight(rest: str, book: Book, _chain: Chain) -> str:
    ends = (_drawn(book, f"spc.{rest}") or rest).replace("\t", " → ")
    return _("Weight of the citation %(ends)s (SPC): ways from a first to a last patent that run over it") % {
        "ends": ends
    }


def _drawn(book: Book, key: str) -> str:
    """What a figure of the drawing of the main path stands for: a patent, or two parted by a tab."""
    return next((str(one["value"]) for one in book.rows("path_drawing") if key in one["cells"]), "")


def _role(rest: str, _book: Book, _chain: Chain) -> str:
    return _("Owners: %(part)s") % {"part": words.ROLES.get(rest, rest)}


_OF_YEAR = {
    "active": __("Owners that filed in %(year)s"),
    "new": __("New families of %(year)s"),
    "sofar": __("Families up to %(year)s"),
    "curve": __("Families up to %(year)s, by the logistic curve"),
    "growth": __("Growth v of %(year)s: inventions over those of five years"),
    "maturity": __("Maturity α of %(year)s: inventions over these and utility models"),
    "decay": __("Decay β of %(year)s: inventions and utility models over all"),
    "novelty": __("Novelty N of %(year)s"),
}


def _of_year(head: str) -> Callable[[str, Book, Chain], str]:
    return lambda rest, _book, _chain: str(_OF_YEAR[head]) % {"year": rest}


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
    name = f"{code} {words.node_name(chain, code)}"
    return name if code == rest else f"{name} · {_ENDINGS[rest[len(code) + 1 :]]}"


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


def _lift(rest: str, book: Book, chain: Chain) -> str:
    return _("%(cell)s: share of what would be expected") % {"cell": _cell(rest, book, chain)}


def _named(analysis: str) -> Callable[[str, Book, Chain], str]:
    """A figure of a row that is named by its owner, found again by its own key."""

    def name(rest: str, book: Book, _chain: Chain) -> str:
        ending = rest.rpartition(".")[2]
        for row in book.rows(analysis):
            if any(cell.partition(".")[2] == rest for cell in row["cells"]):
                if analysis == "people":
                    who = _("An inventor, or two together")
                    return f"{who} · {_ENDINGS[ending]}" if ending in _ENDINGS else who
                name = str(row["value"]).replace("\t", " + ")
                return f"{name} · {_ENDINGS[ending]}" if ending in _ENDINGS else name
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
    "lift": _lift,
    "by": _by,
    "effect": lambda rest, _book, chain: _margin(rest, "effect", chain),
    "means": lambda rest, _book, chain: _margin(rest, "means", chain),
    "topic": _topic,
    "path": _path,
    "path_node": _path_node,
    "spc": _weight,
    "role": _role,
    **{head: _of_year(head) for head in _OF_YEAR},
    "people": _named("people"),
    **{head: _named(analysis) for head, analysis in _ROWS.items()},
}
