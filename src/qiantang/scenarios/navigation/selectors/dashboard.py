"""What the pages of an edition show of a node: charts, tables, sentences; and one figure with its patents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from qiantang.commons.ui.api import word_for
from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import Role
from qiantang.kernel.errors import NotFound
from qiantang.kernel.paging import Page, PageRequest
from qiantang.scenarios.navigation.models import AnalystText
from qiantang.scenarios.navigation.selectors import charts, charts_life, editions, words
from qiantang.scenarios.navigation.selectors.editions import Book
from qiantang.scenarios.navigation.selectors.marks import references

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.commons.ui.types import Chart
    from qiantang.corpus.register.types import PatentRecord
    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.navigation.models import Edition
    from qiantang.scenarios.navigation.selectors.editions import FigureShown
    from qiantang.scenarios.navigation.types import Chain


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the city stands at a node, as a row of a table."""

    code: str
    name: str
    depth: int
    total: FigureShown
    city: FigureShown
    share: FigureShown
    rta: FigureShown
    growth: FigureShown
    firms: FigureShown
    gap: str
    gap_tone: str
    gap_meaning: str


def standings(row: Edition, chain: Chain) -> tuple[list[Standing], list[Book]]:
    """Every node with the city's place at it, and the books they come from."""
    made, books = [], []
    for code, node in editions.node_rows(row).items():
        one = Book(row, node)
        books.append(one)
        gap = int(one.value("gap") or 0)
        made.append(
            Standing(
                code,
                words.node_name(chain, code),
                code.count(".") + 1 if code else 0,
                one["total"],
                one["city"],
                one["city_share"],
                one["rta"],
                one["city_growth"],
                one["firms"],
                str(words.GAPS.get(gap, "")),
                words.GAP_TONES.get(gap, "plain"),
                str(words.GAP_MEANINGS.get(gap, "")),
            )
        )
    return made, books


def node_charts(row: Edition, book: Book, chain: Chain, labels: dict[str, str]) -> dict[str, Chart]:
    """The charts of a node by key, those alone that were computed for it."""
    found = {
        "trend": charts.trend(row, book),
        "offices": charts.ranked(row, book, "offices", _("At which offices?"), _("Office"), "office"),
        "origins": charts.ranked(row, book, "origins", _("Where does it come from?"), _("Country"), "office"),
        "applicants": charts.applicants(row, book),
        "layout": charts.layout(row, book),
        "matrix": charts.matrix(row, book, chain),
    }
    if book.has("life"):
        found["curve"], found["activity"] = charts_life.curve(row, book), charts_life.activity(row, book)
    if book.has("branches"):
        found["branches"] = charts.branches(row, book, chain)
    if book.has("branch_years"):
        found["branch_years"] = charts_life.branch_years(row, book, chain)
    if book.has("networks"):
        found["networks"] = charts.network(row, book, "owners", {})
        found["people"] = charts.network(row, book, "people", people_names(book))
    if book.has("path_drawing"):
        found["main_path"] = charts_life.main_path(row, book, path_names(book))
    if book.has("topics"):
        found["topics"] = charts.topics(row, book, labels)
    return found


def people_names(book: Book) -> dict[str, str]:
    """Names of the inventors a network refers to, read from the register as it is now; who is no longer there has none."""
    told = {end for one in book.rows("people") for end in str(one["value"]).split("\t")}
    records = register.get_many(sorted({one.partition("#")[0] for one in told}))
    names = {}
    for one in told:
        patent_id, _sign, place = one.partition("#")
        record = records.get(patent_id)
        people = record.names(Role.INVENTOR) if record else ()
        names[one] = people[int(place)] if place.isdecimal() and int(place) < len(people) else _("not known")
    return names


def path_names(book: Book) -> dict[str, str]:
    """Publication numbers of the patents that are drawn on the main path, as far as they are still on record."""
    ids = {end for one in book.rows("path_drawing") for end in str(one["value"]).split("\t")}
    return {key: record.number_shown for key, record in register.get_many(sorted(ids)).items() if record}


def topic_labels(row: Edition, code: str) -> dict[str, str]:
    """What people call the topics of a node: a label by the id it was given to, else of the topic nearest to its words."""
    shown = [one["value"] for one in editions.node_row(row, code).tables.get("topics", [])]
    found: dict[str, str] = {}
    kept = list(row.project.topic_labels.filter(node=code).order_by("-at", "-pk"))
    for one in kept:
        if one.topic in shown:
            found[one.topic] = one.label
    for one in kept:
        nearest = None if one.topic in shown else editions.nearest_topic(row, code, one.terms)
        if nearest:
            found.setdefault(nearest, one.label)
    return found


def texts(row: Edition) -> dict[str, AnalystText]:
    """What the analysts say, by section: of a published edition what they said when it was published."""
    if row.said:
        return {section: told_text(section, told) for section, told in row.said.items()}
    return {one.section: one for one in row.project.texts.all()}


def told_text(section: str, told: dict[str, str]) -> AnalystText:
    """A text as it was kept with an edition."""
    return AnalystText(
        section=section, text=told["text"], author_name=told["author"], at=datetime.fromisoformat(told["at"])
    )


def key_patent_rows(book: Book) -> list[dict[str, Any]]:
    """Key patents with their reasons in words, what was looked up of them, and the names of offices."""
    rows = book.rows("key_patents")
    noted = references([one["id"] for one in rows])
    return [
        one
        | {
            "references": noted.get(one["id"], []),
            "reason_words": words.reason_words(one["reasons"]),
            "origin_word": word_for("office", one["origin"]) if one["origin"] else "",
            "office_words": [word_for("office", code) for code in one["offices"]],
            "bucket_word": words.BUCKETS.get(one["bucket"], one["bucket"]),
        }
        for one in rows
    ]


def flows(book: Book) -> list[dict[str, Any]]:
    """The flows of the layout with names: from, to, families, key patents."""
    made = []
    for one in book.rows("layout"):
        origin, office = one["value"].split(">")
        made.append(
            {
                "origin": word_for("office", origin) if origin else "",
                "office": word_for("office", office),
                "families": one["figures"][0],
                "key": one["figures"][1],
            }
        )
    return made


@dataclass(frozen=True, slots=True)
class FigurePage:
    """A number with its patents: ``patents`` one page of them, ``gone`` how many are no longer on record."""

    figure: FigureShown
    patents: Page[tuple[str, PatentRecord | None]]
    search_url: str
    made_of: tuple[FigureShown, ...]


def figure_page(_actor: Actor, row: Edition, code: str, key: str, page: PageRequest) -> FigurePage:
    """errors: NotFound ``navigation.figure_unknown`` · ``navigation.node_unknown``"""
    book = editions.book(row, code)
    if key not in book:
        raise NotFound("navigation.figure_unknown", key=key[:60])
    ids = editions.members(row, code, key)
    shown = ids[page.offset : page.offset + page.size]
    records = register.get_many(shown)
    after = page.cursor_after(subject=f"{row.token}|{code}|{key}", total=len(ids))
    query = editions.search_query(row, code, key) if ids else ""
    return FigurePage(
        book[key],
        Page([(one, records.get(one)) for one in shown], len(ids), after),
        f"/search?{urlencode({'q': query})}" if query else "",
        tuple(book[one] for one in book[key].made_of),
    )


def children(chain: Chain, code: str) -> Sequence[tuple[str, str]]:
    """Codes and names of the nodes right below."""
    return [(one.code, words.name_of(one)) for one in chain.below(code)]


def trail(chain: Chain, code: str) -> Sequence[tuple[str, str]]:
    """The nodes above, from the first level down to the node itself."""
    parts = code.split(".") if code else []
    codes = [".".join(parts[: at + 1]) for at in range(len(parts))]
    return [(one, words.node_name(chain, one)) for one in codes]


def paths(book: Book) -> list[dict[str, Any]]:
    """The main paths: their patents in the order of the knowledge, oldest first, as far as they are still on record."""
    rows = book.rows("main_path")
    ids = sorted({one for row in rows for one in str(row["value"]).split()})
    records = register.get_many(ids)
    return [
        {"figure": row["figures"][0], "steps": [(one, records.get(one)) for one in str(row["value"]).split()]}
        for row in rows
    ]


def white_spots(book: Book, chain: Chain) -> list[dict[str, Any]]:
    """Cells of the matrix with fewer patents than one would expect: candidates, for an expert to look at."""
    language = words.language()
    return [
        {
            "effect": chain.effects[i].name(language),
            "means": chain.means[int(j)].name(language),
            "figure": row["figures"][int(j)],
            "lift": book[f"lift.{i}.{j}"],
        }
        for i, row in enumerate(book.rows("matrix"))
        for j in str(row["note"]).split()
    ]
