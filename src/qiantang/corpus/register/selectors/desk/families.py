"""A result by families: every family once, with its members and their states, and which of them the query finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.register.methods import query_language as language
from qiantang.corpus.register.methods.documents import card
from qiantang.corpus.register.methods.highlight import Sought
from qiantang.corpus.register.selectors.relations import families_of
from qiantang.corpus.register.selectors.searching import ready
from qiantang.corpus.register.selectors.view import register
from qiantang.corpus.register.types import FamilyHit, FamilyMember, FamilyResult, MemberHit, PatentCard, Scheme
from qiantang.engines.search.port import And, Or, Term
from qiantang.kernel.errors import Conflict
from qiantang.kernel.paging import MAX_PAGE_SIZE, PageRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.corpus.register.selectors.searching import Ready
    from qiantang.corpus.register.types import SearchRequest
    from qiantang.engines.search.port import Group, SearchEngine

_FIELDS = {Scheme.SIMPLE: "simple_family_number", Scheme.EXTENDED: "extended_family_number"}


def by_family(request: SearchRequest, scheme: Scheme) -> FamilyResult:
    """The hits of a query as families, a family where its first member stands in the order of the hits.

    Counts are of the index, members and states of the newest snapshot; they are the same but while a load is indexed.

    errors  as ``register.api.search``; Limited ``search.too_many_to_group``
    """
    here = register()
    asked = ready(here, request, f"|{scheme}")
    field = _FIELDS[scheme]
    try:
        found = here.search.groups(
            asked.query, field=field, page=asked.page, sort=asked.sort, edition=asked.edition.state
        )
    except Conflict as error:
        raise asked.moved() from error
    sought = Sought(language.terms_to_mark(asked.node))
    firsts = [card(one.first.id, one.first.score, one.first.card, sought) for one in found.groups]
    families = families_of([one.patent_id for one in firsts], scheme)
    matching = _matching(here.search, asked, field, found.groups)
    return FamilyResult(
        query=request.query,
        canonical=asked.canonical,
        scheme=scheme,
        patents=found.documents,
        families=found.total,
        snapshot=asked.edition.stamp,
        hits=tuple(
            _hit(first, one, families.get(first.patent_id), matching)
            for first, one in zip(firsts, found.groups, strict=True)
        ),
        next=asked.next(found.total),
        stale=asked.stale,
    )


def _hit(
    first: PatentCard, group: Group, family: tuple[str, tuple[FamilyMember, ...]] | None, matching: frozenset[str]
) -> FamilyHit:
    if group.value is None or family is None:
        return FamilyHit(None, first, group.count, ())
    family_id, members = family
    return FamilyHit(family_id, first, group.count, tuple(MemberHit(m, m.patent_id in matching) for m in members))


def _matching(engine: SearchEngine, asked: Ready, field: str, groups: Sequence[Group]) -> frozenset[str]:
    """Ids of all hits that belong to one of these families."""
    numbers = tuple(Term(field, one.value) for one in groups if one.value is not None and one.count > 1)
    found = {one.first.id for one in groups}
    total = sum(one.count for one in groups if one.value is not None and one.count > 1)
    query = And((asked.query, Or(numbers)))
    for start in range(0, total, MAX_PAGE_SIZE):
        page = engine.search(query, page=PageRequest(start, MAX_PAGE_SIZE), edition=asked.edition.state)
        found.update(hit.id for hit in page.hits)
    return frozenset(found)
