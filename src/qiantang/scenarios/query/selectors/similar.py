"""What the page of similar patents shows: what is asked, the hits of both rankings, how much is probably missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import MeaningState, SimilarHit, SimilarRequest, SimilarResult
from qiantang.scenarios.query.types import SimilarSubject, SimilarWanted

if TYPE_CHECKING:
    from collections.abc import Collection

    from qiantang.corpus.register.methods.meaning.recall import Recall
    from qiantang.kernel.actor import Actor

_similar = register.desk.similar
SHOWN = 25  # of the best of each ranking
LEAST_COMMON = 7


def subject(_actor: Actor, wanted: SimilarWanted) -> SimilarSubject | None:
    """The patent asked about; None where it is a text.

    errors  as ``corpus.register.api.get``
    """
    if not wanted.patent:
        return None
    record = register.get(wanted.patent)
    return SimilarSubject(record.patent_id, record.number_shown, record.title or record.patent_id, wanted.claim)


def restriction(wanted: SimilarWanted) -> str:
    """The patents looked through, in the query language; empty: all."""
    parts = [wanted.query] if wanted.query else []
    if wanted.before:
        parts.append(f"PD<{wanted.before:%Y%m%d}")
    return " AND ".join(f"({part})" for part in parts) if len(parts) > 1 else "".join(parts)


def _request(wanted: SimilarWanted, size: int) -> SimilarRequest:
    if wanted.query:
        register.parse(wanted.query)  # inside brackets it might become a query that it is not
    text, without = wanted.text, None
    if wanted.patent:
        without = None if wanted.with_family else register.get(wanted.patent).patent_id
        if wanted.claim is None:
            text = _similar.patent_text(wanted.patent)
        else:
            text = _similar.claim_text(wanted.patent, wanted.claim)
    return SimilarRequest(text, query=restriction(wanted), without=without, size=size)


def similar(_actor: Actor, wanted: SimilarWanted) -> SimilarResult:
    """The patents most like what is asked.

    errors  as ``corpus.register.api.desk.similar.similar_to``
    """
    return _similar.similar_to(_request(wanted, SHOWN))


def elsewhere(_actor: Actor, wanted: SimilarWanted) -> tuple[SimilarHit, ...]:
    """The ten most like it of those told in the other language. Errors as ``similar``."""
    return _similar.elsewhere(_request(wanted, 10))


def state(_actor: Actor) -> MeaningState:
    return _similar.meaning_state()


def recall(result: SimilarResult, relevant: Collection[str]) -> Recall:
    """How much is probably missing, from the hits a reader has marked as relevant among the best of both rankings."""
    marked = [hit for hit in result.hits if hit.card.patent_id in relevant]
    words = {hit.card.patent_id for hit in marked if hit.words_place and hit.words_place <= SHOWN}
    meaning = {hit.card.patent_id for hit in marked if hit.meaning_place and hit.meaning_place <= SHOWN}
    return _similar.estimated_recall(len(words), len(meaning), len(words & meaning))
