"""The stages of a navigation project, and what each must have brought before it closes.

Source: GB/T 39551.1-2020 (initiation, collecting, processing, analysing, results, application, evaluation), paraphrased.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiantang.scenarios.navigation.types import ProjectType


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What there is of a project, as outputs are judged by it.

    unmeasured  codes of lowest nodes without a labelled precision sample; ``unrecalled`` of those without a recall sample
    analyses    keys of the analyses in the newest edition that is ready or published
    """

    has_question: bool = False
    leads: int = 0
    reviewers: int = 0
    unplanned: int = 0
    has_cutoff: bool = False
    chain_bound: bool = False
    measured: int = 0
    unmeasured: tuple[str, ...] = ()
    recalled: int = 0
    edition_ready: bool = False
    analyses: frozenset[str] = frozenset()
    wanted_analyses: frozenset[str] = frozenset()
    texts: int = 0
    opinions: int = 0
    objections: int = 0
    edition_published: bool = False
    recommendations: int = 0
    undecided: int = 0
    without_outcome: int = 0


@dataclass(frozen=True, slots=True)
class Output:
    """Something a stage must have brought.

    place   named address where it is done
    """

    key: str
    label: object
    is_there: Callable[[ProjectFacts], bool]
    place: str


@dataclass(frozen=True, slots=True)
class Stage:
    key: str
    label: object
    outputs: tuple[Output, ...]


_P = "navigation:project-page"
STAGES: tuple[Stage, ...] = (
    Stage(
        "planned",
        _("Planning"),
        (
            Output("question", _("Question and scope"), lambda f: f.has_question, "navigation:project-edit"),
            Output("lead", _("A lead who answers for it"), lambda f: f.leads > 0, "navigation:project-team"),
            Output("reviewer", _("A reviewer"), lambda f: f.reviewers > 0, "navigation:project-team"),
            Output("plan", _("A day for each stage"), lambda f: f.unplanned == 0, "navigation:project-team"),
        ),
    ),
    Stage(
        "collecting",
        _("Collecting"),
        (
            Output("chain", _("Each lowest node bound to a strategy"), lambda f: f.chain_bound, _P),
            Output("cutoff", _("A data cut-off: a snapshot that is kept"), lambda f: f.has_cutoff, _P),
        ),
    ),
    Stage(
        "cleaning",
        _("Cleaning and checking"),
        (
            Output(
                "precision",
                _("Precision measured at each lowest node"),
                lambda f: f.measured > 0 and not f.unmeasured,
                "navigation:sample-list",
            ),
            Output("recall", _("Recall measured"), lambda f: f.recalled > 0, "navigation:sample-list"),
        ),
    ),
    Stage(
        "analysing",
        _("Analysing"),
        (
            Output("edition", _("An edition that is computed"), lambda f: f.edition_ready, _P),
            Output(
                "analyses",
                _("The analyses that this type of project asks for"),
                lambda f: f.edition_ready and f.wanted_analyses <= f.analyses,
                _P,
            ),
            Output("texts", _("What the analysts say of it"), lambda f: f.texts > 0, _P),
        ),
    ),
    Stage(
        "reviewing",
        _("Review"),
        (
            Output("opinion", _("A reviewer's opinion of this edition"), lambda f: f.opinions > 0, _P),
            Output("agreed", _("No reviewer objects"), lambda f: f.opinions > 0 and f.objections == 0, _P),
            Output("published", _("The edition is published"), lambda f: f.edition_published, _P),
        ),
    ),
    Stage(
        "published",
        pgettext_lazy("stage", "Published"),
        (
            Output(
                "recommendations",
                _("Recommendations with owner and day"),
                lambda f: f.recommendations > 0,
                "navigation:recommendation-list",
            ),
        ),
    ),
    Stage(
        "applied",
        _("Application"),
        (
            Output(
                "decisions",
                _("A decision on each recommendation"),
                lambda f: f.recommendations > 0 and f.undecided == 0,
                "navigation:recommendation-list",
            ),
        ),
    ),
    Stage(
        "evaluated",
        _("Evaluation"),
        (
            Output(
                "outcomes",
                _("What came of each adopted recommendation"),
                lambda f: f.recommendations > 0 and f.without_outcome == 0,
                "navigation:recommendation-list",
            ),
        ),
    ),
)
BY_KEY: Mapping[str, Stage] = {one.key: one for one in STAGES}
FIRST = STAGES[0].key
DONE = "done"  # after the last stage was signed


def after(stage: str) -> str:
    """The stage that follows, or DONE."""
    keys = [one.key for one in STAGES]
    at = keys.index(stage) + 1
    return keys[at] if at < len(keys) else DONE


def missing(stage: str, facts: ProjectFacts) -> tuple[Output, ...]:
    """The outputs that are not there yet."""
    return tuple(one for one in BY_KEY[stage].outputs if not one.is_there(facts))


# analyses (``methods``) which each type of project asks for. Source: GB/T 39551.2 to .6, after section 1 of the domain notes
WANTED: Mapping[ProjectType, frozenset[str]] = {
    ProjectType.REGION: frozenset({"situation", "applicants", "branches", "position", "layout"}),
    ProjectType.INDUSTRY: frozenset(
        {"situation", "applicants", "branches", "key_patents", "layout", "networks", "position", "topics"}
    ),
    ProjectType.ENTERPRISE: frozenset({"situation", "applicants", "key_patents", "layout", "risk"}),
    ProjectType.RESEARCH: frozenset({"situation", "key_patents", "topics", "branches"}),
    ProjectType.TALENT: frozenset({"networks", "talent"}),
}
