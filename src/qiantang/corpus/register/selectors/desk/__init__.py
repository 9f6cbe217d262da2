"""What a results desk asks beyond a page of hits: families, facets, figures, facts, endings, neighbours, replays, likeness."""

from qiantang.corpus.register.selectors import similar
from qiantang.corpus.register.selectors.desk.endings import endings
from qiantang.corpus.register.selectors.desk.facets import facet_values
from qiantang.corpus.register.selectors.desk.facts import page_facts
from qiantang.corpus.register.selectors.desk.families import by_family
from qiantang.corpus.register.selectors.desk.ranking import ranked
from qiantang.corpus.register.selectors.desk.reading import neighbours, terms_of
from qiantang.corpus.register.selectors.desk.replaying import attest, replay, result_ids
from qiantang.corpus.register.selectors.desk.statistics import cross_table, statistics

__all__ = [
    "attest",
    "by_family",
    "cross_table",
    "endings",
    "facet_values",
    "neighbours",
    "page_facts",
    "ranked",
    "replay",
    "result_ids",
    "similar",
    "statistics",
    "terms_of",
]
