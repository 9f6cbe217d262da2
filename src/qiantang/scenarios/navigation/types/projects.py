"""Words of a navigation project."""

from __future__ import annotations

from enum import StrEnum


class ProjectType(StrEnum):
    """What a navigation project is for. Source: GB/T 39551, parts 2 to 5; talent: part 6 (number to verify)."""

    REGION = "region"
    INDUSTRY = "industry"
    ENTERPRISE = "enterprise"
    RESEARCH = "research"
    TALENT = "talent"


class Duty(StrEnum):
    """LEAD answers for the project and signs · ANALYST works in it · REVIEWER checks it and works on nothing else in it."""

    LEAD = "lead"
    ANALYST = "analyst"
    REVIEWER = "reviewer"


class SampleKind(StrEnum):
    """PRECISION: drawn from what a node finds · RECALL: drawn from patents named independently of it."""

    PRECISION = "precision"
    RECALL = "recall"


class Verdict(StrEnum):
    """Whether a patent belongs to the node; UNSURE counts for neither side and is told."""

    RELEVANT = "relevant"
    FOREIGN = "foreign"
    UNSURE = "unsure"


class EditionState(StrEnum):
    """QUEUED, RUNNING: being computed · READY: for the team · PUBLISHED: for everybody, unchangeable · FAILED."""

    QUEUED = "queued"
    RUNNING = "running"
    READY = "ready"
    PUBLISHED = "published"
    FAILED = "failed"


class Gap(StrEnum):
    """What a city's place at a node asks for. STRENGTHEN what is strong, FILL what is missing, EXTEND what has begun."""

    STRENGTHEN = "strengthen"
    EXTEND = "extend"
    FILL = "fill"


class Decision(StrEnum):
    """What became of a recommendation."""

    OPEN = "open"
    ADOPTED = "adopted"
    REJECTED = "rejected"


class View(StrEnum):
    """For whom a published project is shown. The numbers are the same; what stands first differs."""

    PUBLIC = "public"
    ENTERPRISE = "enterprise"
    DECISION = "decision"


class MarkKind(StrEnum):
    """What no register tells and somebody looked up. STANDARD: declared for one · LITIGATION: a court decided about it"""

    STANDARD = "standard"
    LITIGATION = "litigation"


class Reach(StrEnum):
    """How a candidate was reached from the examples; the nearest way counts first."""

    FAMILY = "family"
    CITED = "cited"
    CITING = "citing"
    CLASS = "class"
    SECOND = "second"  # cited by, or citing, one that is a family member or a citation of an example
