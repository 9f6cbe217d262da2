"""Words of this room for people, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext, gettext_noop, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from qiantang.corpus.classes.api import industry_table
from qiantang.scenarios.navigation import workflow
from qiantang.scenarios.navigation.types import (
    Decision,
    Duty,
    EditionState,
    MarkKind,
    Place,
    ProjectType,
    Reach,
    SampleKind,
    Verdict,
    View,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import Promise

    from qiantang.scenarios.navigation.types import Chain, Node

STAGE_WORDS = {**{one.key: one.label for one in workflow.STAGES}, workflow.DONE: _("All stages closed")}
TYPES = {
    ProjectType.INDUSTRY: _("Industrial planning"),
    ProjectType.REGION: _("Regional planning"),
    ProjectType.ENTERPRISE: _("Enterprise operation"),
    ProjectType.RESEARCH: _("Research and development"),
    ProjectType.TALENT: _("Talent"),
}
DUTIES = {Duty.LEAD: _("Lead"), Duty.ANALYST: pgettext_lazy("duty", "Analyst"), Duty.REVIEWER: _("Reviewer")}
PLACES = {
    Place.UPSTREAM: pgettext_lazy("chain", "Upstream"),
    Place.MIDSTREAM: pgettext_lazy("chain", "Midstream"),
    Place.DOWNSTREAM: pgettext_lazy("chain", "Downstream"),
}
KINDS = {SampleKind.PRECISION: _("Precision"), SampleKind.RECALL: _("Recall")}
REACHES = {
    Reach.FAMILY: _("Family of an example"),
    Reach.CITED: _("Cited by an example"),
    Reach.CITING: _("Cites an example"),
    Reach.CLASS: _("Class that the examples share"),
    Reach.SECOND: _("Two steps away"),
}
VERDICTS = {
    Verdict.RELEVANT: _("Belongs to it"),
    Verdict.FOREIGN: _("Does not"),
    Verdict.UNSURE: _("Cannot be told"),
}
DECISIONS = {
    Decision.OPEN: pgettext_lazy("recommendation", "Open"),
    Decision.ADOPTED: _("Adopted"),
    Decision.REJECTED: _("Rejected"),
}
VIEWS = {View.PUBLIC: _("For everybody"), View.ENTERPRISE: _("For enterprises"), View.DECISION: _("For decisions")}
STATES = {
    EditionState.QUEUED: _("Waiting"),
    EditionState.RUNNING: _("Being computed"),
    EditionState.READY: _("Ready, for the team"),
    EditionState.PUBLISHED: pgettext_lazy("edition", "Published"),
    EditionState.FAILED: pgettext_lazy("edition", "Failed"),
}
MARKS = {
    MarkKind.STANDARD: _("Declared for a standard"),
    MarkKind.LITIGATION: _("A court decided about it"),
}
REASONS = {
    "most_cited": _("most cited within five years"),
    "cited_raw": _("among the most cited of all"),
    "cited_normalised": _("most cited for its field and year"),
    "largest_family": _("largest family"),
    "family_large": _("among the largest families"),
    "kept_longest": _("kept in force longest"),
    "disputed": _("disputed"),
    "survived_invalidation": _("survived an invalidation"),
    "litigated": _("litigated in court"),
    "standard": _("declared for a standard"),
    "pledged": _("pledged"),
    "licensed": _("licensed"),
    "top:cit5": _("cited more than nine in ten"),
    "top:family": _("larger family than nine in ten"),
    "top:claims": _("more claims than nine in ten"),
    "top:disputes": _("more disputed than nine in ten"),
    "top:deals": _("more deals than nine in ten"),
    "score": _("high in all measures together"),
}
ROLES = {"leader": _("Leader"), "follower": _("Follower"), "newcomer": _("Newcomer")}
GAPS = {1: _("Fill"), 2: _("Strengthen"), 3: _("Extend")}
GAP_MEANINGS = {
    1: _("hardly there yet"),
    2: _("there, but weaker than elsewhere"),
    3: _("a strength, to be carried on"),
}
GAP_TONES = {1: "harm", 2: "wait", 3: "good"}
PHASES = {
    1: _("Emerging"),
    2: pgettext_lazy("life cycle", "Growth"),
    3: pgettext_lazy("life cycle", "Maturity"),
    4: _("Saturation"),
}
STAGES_OF_LIFE = {
    1: pgettext_lazy("life cycle", "Growth"),
    2: pgettext_lazy("life cycle", "Maturity"),
    3: pgettext_lazy("life cycle", "Decline"),
}
WHY = {
    "partial": _("the year is not complete"),
    "no_base": _("nothing to compare with"),
    "few_years": _("too few complete years"),
    "not_told": _("the indicators tell no stage"),
    "not_bounded": _("the data do not bound it"),
    "not_identifiable": _("saturation lies too far ahead to be told"),
    "no_owner": _("no owner is known"),
    "fewer_than_ten": _("fewer than ten patents of the city"),
    "nothing_placed": _("no patent has a known region"),
    "nothing_expected": _("nothing would be expected"),
    "too_few_people": _("fewer than three people: not shown"),
    "few_nodes": _("fewer than two"),
    "no_record": _("nothing on record tells it"),
    "not_made": _("not computed for this node"),
}
BUCKETS = {
    "in_force": pgettext_lazy("state", "In force"),
    "pending": pgettext_lazy("state", "Pending"),
    "dead": pgettext_lazy("state", "No longer in force"),
    "unknown": _("Status not known"),
}
SECTIONS = {
    "summary": _("Summary"),
    "situation": _("Overall situation"),
    "applicants": _("Who leads"),
    "key_patents": _("Key patents"),
    "layout": _("Global layout"),
    "life": _("Life cycle"),
    "technology": _("Inside the technology"),
    "changes": _("What changed since the last edition"),
    "position": _("Where the city stands"),
    "risk": _("Risk"),
    "talent": _("Talent"),
}
SYSTEMS = {
    "wipo35": _("WIPO fields of technology"),
    "sei": _("Strategic emerging industries (2021)"),
    "ai": _("Key digital technologies (2023): artificial intelligence"),
    "new-three": _("New three (2024)"),
}

# Sources of the packs that come with the platform; those of other packs keep the words they came with.
_PACK_SOURCES = frozenset(
    {
        gettext_noop("Chain tree: our own, after the branches of the CNIPA concordances named below"),
        gettext_noop("wipo35: IPC and technology concordance of WIPO (Schmoch), edition of about 2018"),
        gettext_noop("sei: 战略性新兴产业分类与国际专利分类参照关系表（2021）（试行）, CNIPA"),
        gettext_noop("ai: 关键数字技术专利分类体系（2023）, artificial intelligence, CNIPA"),
        gettext_noop("new-three: “新三样”相关技术专利分类体系（2024）, CNIPA"),
        gettext_noop("IPC 2026.01, WIPO; no patent was looked at to fit a strategy"),
    }
)


def language() -> str:
    return get_language() or "zh-hans"


def listed(things: Iterable[str]) -> str:
    """Several things in one cell, parted as the reader's language parts them."""
    return ("；" if language().startswith("zh") else "; ").join(things)


def in_monitoring(chain: Chain) -> str:
    """Where monitoring shows the industry in the world; empty where it is none of the city's key industries."""
    code = chain.key.replace("-", "_")
    return f"/monitoring/world?industry={code}" if industry_table("city").get(code) else ""


def name_of(thing: Chain | Node) -> str:
    """The name in the reader's language."""
    return thing.name(language())


def node_name(chain: Chain, code: str) -> str:
    """How a node is called; the industry itself with an empty code."""
    node = chain.node(code) if code else None
    return name_of(node) if node else (code or name_of(chain))


def reason_words(reasons: list[str]) -> list[str | Promise]:
    return [REASONS.get(one, one) for one in reasons]


def sources_of(chain: Chain) -> list[str]:
    """What a chain rests on: of the packs that are shipped in the reader's language, of others as they came."""
    return [gettext(one) if one in _PACK_SOURCES else one for one in chain.sources]


_PARAMETERS: dict[str, Promise] = {
    "method": _("method"),
    "seed": _("seed"),
    "words": _("words at most"),
    "least_patents": _("patents with a word, at least"),
    "most_share": _("share of patents with a word, at most"),
    "fewest_words": _("words of a topic, at least"),
    "tied": _("times as often together as by chance, at least"),
    "topics_shown": _("topics shown"),
    "words_shown": _("words that name a topic"),
    "words_left_out": _("list of words left out (SHA-256)"),
}


def parameter(name: str) -> str:
    """A parameter of the topics in words."""
    return str(_PARAMETERS.get(name, name))
