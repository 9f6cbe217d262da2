"""Navigation for programs: industries as chains, published editions, every number with its patents."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.api import ApiSection, Endpoint
from qiantang.commons.catalogue.bases import Answer, CursorText, Key, Limit, Line, Text
from qiantang.kernel.paging import page_of
from qiantang.scenarios.navigation.methods.strategies import strategy_of
from qiantang.scenarios.navigation.selectors import chains, editions, overview

IndustryKey = Annotated[Line, Field(description="Key of an industry, such as biomedicine.")]
EditionId = Annotated[Key, Field(description="Number of a published edition.")]
NodeCode = Annotated[Text, Field(description="Code of a node, such as 1.1.2; without: the whole industry.")]


class IndustryTold(Answer):
    key: str
    name: str
    name_zh: str
    about: str
    about_zh: str
    version: int
    nodes: int
    sources: list[str] = Field(description="Where the tree and its rules come from.")


class Industries(Answer):
    total: int
    items: list[IndustryTold]
    next: str | None


class ChainNode(Answer):
    code: str
    name: str
    name_zh: str
    place: str | None = Field(description="upstream, midstream, downstream; of nodes of the first level only.")
    strategy: str = Field(description="What finds its patents, in the query language; empty: nothing is bound.")
    patents: int | None = Field(description="How many it finds now; null: not known.")
    rules: list[str] = Field(description="Rules of official concordances, for comparison: system:code.")


class IndustryChain(Answer):
    key: str
    name: str
    name_zh: str
    version: int
    nodes: list[ChainNode]


class EditionTold(Answer):
    id: int
    industry: str
    title: str
    number: int
    snapshot: int
    as_of: date | None
    published_at: datetime
    synthetic: bool | None = Field(description="Whether invented data are in it; null: not known.")
    digest: str = Field(description="SHA-256 of all its numbers.")


class Editions(Answer):
    total: int
    items: list[EditionTold]
    next: str | None


class EditionFigure(Answer):
    key: str
    value: float | None = Field(description="null: not known, for the reason `why`.")
    kind: str
    why: str | None
    made_of: list[str] = Field(description="Keys of the figures it is computed from.")


class EditionNodeTold(Answer):
    edition: EditionTold
    node: str
    patents: int
    strategy: str
    nodes: list[str] = Field(description="Codes of all nodes of the edition; empty: the whole industry.")
    figures: list[EditionFigure]


class FigurePatents(Answer):
    total: int
    items: list[str] = Field(description="Ids of patents, sorted.")
    next: str | None


def list_industries(request: HttpRequest, limit: Limit = 100, cursor: CursorText | None = None) -> Industries:
    page = page_of(chains.industries(actor_of(request)), subject="industries", size=limit, cursor=cursor)
    items = [
        IndustryTold(
            key=one.key, name=one.en, name_zh=one.zh, about=one.about_en, about_zh=one.about_zh, version=one.version,
            nodes=len(one.nodes), sources=list(one.sources),
        )
        for one in page.items
    ]  # fmt: skip
    return Industries(total=page.total, items=items, next=page.next)


def read_industry(request: HttpRequest, industry: IndustryKey) -> IndustryChain:
    actor = actor_of(request)
    found = chains.chain(actor, industry)
    nodes = [
        ChainNode(
            code=one.node.code,
            name=one.node.en,
            name_zh=one.node.zh,
            place=str(one.node.place) if one.node.place else None,
            strategy=strategy_of(found, one.node.code),
            patents=one.patents,
            rules=[str(rule) for rule in one.node.rules],
        )
        for one in chains.tree(actor, found)
    ]
    return IndustryChain(key=found.key, name=found.en, name_zh=found.zh, version=found.version, nodes=nodes)


def list_editions(request: HttpRequest, limit: Limit = 50, cursor: CursorText | None = None) -> Editions:
    page = page_of(overview.published_editions(actor_of(request)), subject="editions", size=limit, cursor=cursor)
    items = [EditionTold.model_validate(one) for one in page.items]
    return Editions(total=page.total, items=items, next=page.next)


def read_edition(request: HttpRequest, id: EditionId, node: NodeCode = "") -> EditionNodeTold:  # noqa: A002 the word of the address
    row = editions.published_edition(actor_of(request), id)
    found = editions.node_row(row, node)
    figures = [
        EditionFigure(
            key=key, value=told["v"], kind=told["k"], why=told.get("w") or None, made_of=list(told.get("m", ()))
        )
        for key, told in found.figures.items()
    ]
    return EditionNodeTold(
        edition=EditionTold.model_validate(overview.edition_told(row)),
        node=node,
        patents=found.patents,
        strategy=found.strategy,
        nodes=list(editions.node_rows(row)),
        figures=figures,
    )


def list_figure_patents(
    request: HttpRequest,
    *,
    id: EditionId,  # noqa: A002 the word of the address
    key: Annotated[Line, Field(description="Key of a figure that counts patents, such as total.")],
    node: NodeCode = "",
    limit: Limit = 100,
    cursor: CursorText | None = None,
) -> FigurePatents:
    row = editions.published_edition(actor_of(request), id)
    found = editions.members(row, node, key)
    page = page_of(found, subject=f"figure:{row.pk}:{node}:{key}", size=limit, cursor=cursor)
    return FigurePatents(total=page.total, items=list(page.items), next=page.next)


SECTION = ApiSection(
    key="navigation",
    name=_("Industry navigation"),
    summary=_("Industries as chains with their search strategies, and published editions with every number."),
    order=35,
    endpoints=(
        Endpoint(
            call=list_industries,
            path="industries",
            answer=Industries,
            summary=_("The industries"),
            example="industries",
        ),
        Endpoint(
            call=read_industry,
            path="industries/{industry}",
            answer=IndustryChain,
            summary=_("An industry: its chain, what binds each node, how many patents each finds now"),
            example="industries/biomedicine",
        ),
        Endpoint(
            call=list_editions,
            path="editions",
            answer=Editions,
            summary=_("Published editions, the newest first"),
            example="editions",
        ),
        Endpoint(
            call=read_edition,
            path="editions/{id}",
            answer=EditionNodeTold,
            summary=_("The figures of an edition at a node"),
            example="editions/1",
        ),
        Endpoint(
            call=list_figure_patents,
            path="editions/{id}/patents",
            answer=FigurePatents,
            summary=_("The patents behind a figure; of a count as many as it says"),
            example="editions/1/patents?key=total&limit=5",
        ),
    ),
)
