"""The front door of the register: look-ups, search and coverage for everyone, loading for ``corpus.ingest`` alone."""

from qiantang.corpus.register.selectors import desk, results, telling
from qiantang.corpus.register.selectors.coverage import coverage, current_snapshot, snapshots
from qiantang.corpus.register.selectors.records import get, get_many
from qiantang.corpus.register.selectors.relations import citations, family
from qiantang.corpus.register.selectors.searching import parse, search
from qiantang.corpus.register.selectors.view import register
from qiantang.corpus.register.services import intake, upkeep

__all__ = [
    "citations",
    "coverage",
    "current_snapshot",
    "desk",
    "family",
    "get",
    "get_many",
    "intake",
    "parse",
    "register",
    "results",
    "search",
    "snapshots",
    "telling",
    "upkeep",
]
