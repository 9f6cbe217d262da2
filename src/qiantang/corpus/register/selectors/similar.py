"""Patents like a text: looked for by words and by meaning, both rankings made one, the passages that answer shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings

from qiantang.corpus.register.methods import query_language as language
from qiantang.corpus.register.methods.documents import SNIPPET_WIDTH, card, stored
from qiantang.corpus.register.methods.highlight import marks
from qiantang.corpus.register.methods.meaning.documents import joined
from qiantang.corpus.register.methods.meaning.passages import Asked
from qiantang.corpus.register.methods.meaning.ranking import WeightedToken, fused, telling_tokens
from qiantang.corpus.register.methods.meaning.recall import estimated_recall
from qiantang.corpus.register.methods.meaning.words import is_chinese
from qiantang.corpus.register.selectors.meaning import meaning_state, shelf_of, text_model
from qiantang.corpus.register.selectors.records import get
from qiantang.corpus.register.selectors.searching import compiled, indexed, parse
from qiantang.corpus.register.selectors.view import register
from qiantang.corpus.register.types import Part
from qiantang.corpus.register.types.similar import SimilarHit, SimilarRequest, SimilarResult
from qiantang.engines.search.port import And, Everything, Hit, Not, Or, Query, SearchEngine, Term, Weighted
from qiantang.kernel.claims import parse_claims
from qiantang.kernel.errors import NotFound, Unavailable
from qiantang.kernel.paging import PageRequest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from qiantang.corpus.register.methods.meaning.space import WordSpace
    from qiantang.engines.similarity.port import Vectors

__all__ = ["claim_text", "elsewhere", "estimated_recall", "meaning_state", "patent_text", "rankings", "similar_to"]

DEPTH = 200  # places of each ranking that are made one
_LOOKED_AT = 40  # patents told in the other language whose titles the model is asked about
_QUESTION_TAKEN = 600  # characters of the text that the model is asked about
_UNKNOWN_ASKED = 20  # words of a text
_ANSWERS_KEPT = 20_000
_titles: dict[str, Any] = {}  # what the model said of titles: asking takes a fiftieth of a second each
_WORDS_WEIGHT, _MEANING_WEIGHT = 2.0, 1.0  # as measured: see docs/explanation/similarity.md
_FIELDS = ("title", "abstract", "claims")
_FEW = 20_000  # ids among which the nearest are looked for one by one
_AT_ONCE = 1_000  # ids asked of the index together
_WIDEN = 5


def patent_text(text: str) -> str:
    """Title, abstract and first claims of a patent, by any of its numbers.

    errors  as ``register.api.get``
    """
    return joined([text._asdict() for text in get(text).texts])


def claim_text(text: str, number: int) -> str:
    """The text of one claim of a patent.

    errors  as ``register.api.get``; NotFound ``register.claim_unknown``
    """
    record = get(text)
    claims = record.text(Part.CLAIMS)
    for claim in parse_claims(claims.text) if claims else ():
        if claim.number == number:
            return claim.text
    raise NotFound("register.claim_unknown", given=number, patent=record.number_shown)


def similar_to(request: SimilarRequest) -> SimilarResult:
    """The patents most like a text, best first; the text itself is kept nowhere.

    Shown are the best ``size`` of either ranking, in the order of both together. Where the search by meaning is not ready,
    the ranking is that of words alone, and ``meaning`` says so.

    errors  Invalid ``query.syntax`` and the like of the restricting query · NotFound ``register.empty`` and of ``without``
            Unavailable ``search.index_missing``
    """
    here = register()
    found = rankings(request)
    best = {*found.words[: request.size], *found.meaning[: request.size]}
    shown = [one for one in found.both if one in best]
    cards = _cards(here.search, shown)
    places = _Places(_numbered(found.words), _numbered(found.meaning))
    asked = Asked(request.text, _space(), found.others)
    return SimilarResult(
        hits=tuple(_hit(cards[one], places, asked) for one in shown if one in cards),
        by_words=len(found.words),
        by_meaning=len(found.meaning),
        common=len({*found.words} & {*found.meaning}),
        tokens=found.tokens,
        canonical=language.canonical(parse(request.query)),
        snapshot=found.snapshot,
        meaning=meaning_state(),
    )


class Rankings(NamedTuple):
    """Ids by words, by meaning, and both made one, best first; the tokens looked for; the numbers of words that
    no patent holds; the snapshot of the index.
    """

    words: list[str]
    meaning: list[str]
    both: list[str]
    tokens: tuple[str, ...]
    others: Mapping[str, Any]
    snapshot: int


def rankings(request: SimilarRequest) -> Rankings:
    """The rankings behind ``similar_to``, at most 200 ids each way. Errors as there."""
    here = register()
    _, state = indexed(here)
    engine = here.search
    restriction = _restriction(compiled(parse(request.query)), request.without)
    tokens = _tokens(engine, request.text, state.documents)
    words = _by_words(engine, restriction, tokens)
    space, meaning = _space(), list[str]()
    others = _others(space, request.text) if space is not None else {}
    if space is not None:
        meaning = _nearest(engine, space, _vector(space, request.text, others), restriction, DEPTH)
    both = fused([(words, _WORDS_WEIGHT), (meaning, _MEANING_WEIGHT)])
    return Rankings(words, meaning, both, tuple(one.token for one in tokens), others, state.stamp or 0)


def elsewhere(request: SimilarRequest) -> tuple[SimilarHit, ...]:
    """The patents most like a text among those told in the other language, best first; ``size`` at most.

    By meaning alone, since words in common there are none: the nearest in the space of words, put in order by what the
    whole model says of their titles, which takes a second or some. Empty where the search by meaning is not ready.

    errors  as ``similar_to``
    """
    here = register()
    indexed(here)
    space = _space()
    if space is None:
        return ()
    other = Term("script", "latin" if is_chinese(request.text) else "cjk")
    away = And((_restriction(compiled(parse(request.query)), request.without), other))
    others = _others(space, request.text)
    ids = _nearest(here.search, space, space.question(request.text, others), away, DEPTH)
    cards = _cards(here.search, ids)
    every = {one: stored(cards[one].card).title for one in ids if one in cards}
    known = [one for one in every if every[one] and is_chinese(every[one]) != is_chinese(request.text)][:_LOOKED_AT]
    titles = [every[one] for one in known]
    try:
        near = _title_nearness(request.text[:_QUESTION_TAKEN], titles)
    except Unavailable:  # the model cannot be used here: the order of the words' space stays
        near = [0.0] * len(known)
    order = sorted(range(len(known)), key=lambda place: (-near[place], place))[: request.size]
    asked = Asked(request.text, space, others)
    places = _Places({}, _numbered(known))
    return tuple(_hit(cards[known[place]], places, asked) for place in order)


def _title_nearness(text: str, titles: Sequence[str]) -> list[float]:
    model = text_model()
    unknown = [title for title in dict.fromkeys(titles) if title not in _titles]
    if unknown:
        if len(_titles) > _ANSWERS_KEPT:
            _titles.clear()
        _titles.update(zip(unknown, model.meanings(unknown), strict=True))
    asked = model.meanings([text], question=True)[0]
    return [float(_titles[title] @ asked) for title in titles]


def _numbered(ids: Sequence[str]) -> dict[str, int]:
    return {one: place for place, one in enumerate(ids, start=1)}


class _Places(NamedTuple):
    words: Mapping[str, int]
    meaning: Mapping[str, int]


# --- what is looked through ---


def _restriction(query: Query, without: str | None) -> Query:
    if without is None:
        return query
    record = get(without)
    families = dict.fromkeys(one for one in (record.simple_family_id, record.extended_family_id) if one)
    away = [Not(Term("id", record.patent_id)), *(Not(Term("family", one)) for one in families)]
    return And((query, *away))


# --- by words ---


def _tokens(engine: SearchEngine, text: str, documents: int) -> tuple[WeightedToken, ...]:
    def frequencies(tokens: Sequence[str]) -> list[int]:
        each = [engine.frequencies(field, tokens) for field in _FIELDS]
        return [max(counts) for counts in zip(*each, strict=True)]

    return telling_tokens(text, frequencies, documents)


def _by_words(engine: SearchEngine, restriction: Query, tokens: Sequence[WeightedToken]) -> list[str]:
    """The best by BM25 of an OR of the tokens, best first; equal ones by ascending id."""
    if not tokens:
        return []
    wanted = Or(tuple(Weighted(Term(field, token), weight) for token, weight in tokens for field in _FIELDS))
    # an OR by itself: where nothing restricts it, an engine need not look at all that holds any of the tokens
    asked = wanted if isinstance(restriction, Everything) else And((restriction, wanted))
    found = engine.best(asked, size=DEPTH)
    return [hit.id for hit in sorted(found, key=lambda hit: (-hit.score, hit.id))]


def _cards(engine: SearchEngine, ids: Sequence[str]) -> dict[str, Hit]:
    """Hits of ids; one that the search index does not hold, since it is newer or older than the vectors, is left out."""
    if not ids:
        return {}
    query = Or(tuple(Term("id", one) for one in ids))
    return {hit.id: hit for hit in engine.search(query, page=PageRequest(size=len(ids))).hits}


# --- by meaning ---


def _space() -> WordSpace | None:
    return shelf_of(settings.QIANTANG_HOME).space() if settings.TEXT_MODEL else None


def _others(space: WordSpace, text: str) -> dict[str, Any]:
    """The numbers of a question's words that no patent on record holds: the model is asked, and nothing of it is kept."""
    words = space.unknown(text, _UNKNOWN_ASKED) if space.is_question(text) else []
    try:
        placed: Any = space.placed(words, text_model().meanings(words)) if words else []
    except Unavailable:  # it goes without them
        return {}
    return dict(zip(words, placed, strict=True))


def _vector(space: WordSpace, text: str, others: Mapping[str, Any]) -> Vectors:
    """Where a text lies: a question by the model's numbers alone, a longer text by those of the corpus, too."""
    return space.question(text, others) if space.is_question(text) else space.meanings([text])[0]


def _nearest(engine: SearchEngine, space: WordSpace, vector: Vectors, restriction: Query, size: int) -> list[str]:
    """The ids nearest to a vector among the patents of the restriction, nearest first."""
    if not vector.any():
        return []
    index = shelf_of(settings.QIANTANG_HOME).index
    vectors = index.state()
    if vectors.space is None or vectors.space.name != space.name:
        return []  # committed between two looks
    among: Collection[str] | None = None
    if isinstance(restriction, Everything):
        return [one.id for one in index.nearest(vector, size=size)]
    if engine.count(restriction) <= _FEW:
        among = engine.ids(restriction)
        return [one.id for one in index.nearest(vector, size=size, among=among)]
    wanted = size * _WIDEN
    while True:
        ids = [one.id for one in index.nearest(vector, size=wanted)]
        kept = _within(engine, restriction, ids)
        if len(kept) >= size or wanted >= min(_FEW, vectors.vectors):
            return kept[:size]
        wanted *= _WIDEN


def _within(engine: SearchEngine, restriction: Query, ids: Sequence[str]) -> list[str]:
    """Those of the ids that the restriction lets pass, in their order."""
    passing: set[str] = set()
    for start in range(0, len(ids), _AT_ONCE):
        some = Or(tuple(Term("id", one) for one in ids[start : start + _AT_ONCE]))
        passing |= engine.ids(And((restriction, some)))
    return [one for one in ids if one in passing]


# --- what is shown ---


def _hit(hit: Hit, places: _Places, asked: Asked) -> SimilarHit:
    told = stored(hit.card)
    made = card(hit.id, hit.score, hit.card)
    title = told.title
    passage = asked.best([text for text in (told.abstract, told.claims) if text])
    made = made._replace(title_marks=marks(title, asked.words_in(title)), snippet=made.snippet[:SNIPPET_WIDTH])
    if passage is not None:
        made = made._replace(snippet=passage.text, snippet_marks=marks(passage.text, passage.words))
    return SimilarHit(made, places.words.get(hit.id), places.meaning.get(hit.id))
