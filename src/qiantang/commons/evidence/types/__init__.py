"""Evidence as values, and the sentences of what is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from qiantang.commons.evidence.types.refusals import REFUSALS as REFUSALS

CAPTURE_PAGES_MOST = 20
SCHEDULE_DAYS_MOST = 366
GRANT_DAYS_MOST = 90


class Kind(StrEnum):
    """What was deposited."""

    FILE = "file"
    WEB_PAGE = "web_page"
    VIDEO = "video"
    CHAT = "chat"
    SOURCE_CODE = "source_code"
    DESIGN_DRAFT = "design_draft"
    TRADE_SECRET = "trade_secret"  # noqa: S105 - a kind, no password
    BATCH = "batch"
    JOURNAL_HEAD = "journal_head"


class CaptureState(StrEnum):
    """How far a capture is, and what it is worth. Failed: it does not show the page, and nothing is deposited."""

    WAITING = "waiting"
    RUNNING = "running"
    WHOLE = "whole"
    PARTIAL = "partial"
    FAILED = "failed"

    @property
    def ended(self) -> bool:
        return self not in {CaptureState.WAITING, CaptureState.RUNNING}


class Act(StrEnum):
    """What happened to an object, for its chain of custody."""

    COLLECT = "collect"
    SEAL = "seal"
    TRANSFER = "transfer"
    ACCESS = "access"
    COPY = "copy"
    VERIFY = "verify"
    EXPORT = "export"
    DESTROY = "destroy"


class Stage(StrEnum):
    """How far a deposit is.

    RECEIVED    signed receipt; timestamp pending
    SEALED      in the log under a signed checkpoint; at least one authority has not stamped it yet
    STAMPED     every authority has stamped the checkpoint
    """

    RECEIVED = "received"
    SEALED = "sealed"
    STAMPED = "stamped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants to deposit.

    name            what the object is called
    digests         algorithm -> hexadecimal: ``sha256``, and ``sm3``
    size_bytes      of the object
    kind            what it is
    media_type      as far as known
    statement       what it is to show, in the depositor's words
    collected_at    when it was made or collected; None: not known
    environment     how it was collected: text, whole numbers, lists, mappings
    stored          the platform keeps a copy
    confidential    its name is shown to nobody else
    """

    name: str
    digests: Mapping[str, str]
    size_bytes: int
    kind: Kind = Kind.FILE
    media_type: str = "application/octet-stream"
    statement: str = ""
    collected_at: datetime | None = None
    environment: Mapping[str, object] = field(default_factory=dict)
    stored: bool = False
    confidential: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StampTold:
    """One authority's stamp. ``stamped_at`` None: it has not answered yet; ``said`` is what went wrong last."""

    authority: str
    round: int
    legal: bool
    stamped_at: datetime | None
    serial: str
    policy: str
    signer: str
    drift_seconds: int | None
    said: str


class AnchorState(StrEnum):
    """How far an anchor is. PENDING: a calendar has promised; UPGRADED: the proof needs no calendar any more."""

    ASKED = "asked"
    PENDING = "pending"
    UPGRADED = "upgraded"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorTold:
    """An anchor that covers a deposit. ``height`` of the block that the proof names, ``since`` the time of the state."""

    calendar: str
    state: AnchorState
    since: datetime
    height: int | None
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositTold:
    """A deposit as its owner sees it. ``index`` and ``log_size`` None: not in the log yet; ``batch`` number of its batch."""

    number: str
    kind: Kind
    name: str
    sha256: str
    sm3: str
    size_bytes: int
    statement: str
    stage: Stage
    stored: bool
    confidential: bool
    depositor: str
    collected_at: datetime | None
    deposited_at: datetime
    index: int | None
    log_size: int | None
    root: str | None
    stamps: Sequence[StampTold] = ()
    anchors: Sequence[AnchorTold] = ()
    files: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicTold:
    """What anybody is told of a deposit: what kind, when, by which rules; neither name nor owner."""

    number: str
    kind: Kind
    sha256: str
    sm3: str
    size_bytes: int
    deposited_at: datetime
    stage: Stage
    index: int | None
    log_size: int | None
    stamps: Sequence[StampTold]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogTold:
    """The log as it stands. ``checkpoint`` is the newest signed one as a document, None for an empty log."""

    size: int
    root: str
    waiting: int
    checkpoint: Mapping[str, object] | None
    keys: Sequence[Mapping[str, object]]
    stamps: Sequence[StampTold]
    witnesses: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureTold:
    """A capture as its owner sees it.

    step        what it is doing; empty: nothing yet, or it is over
    reasons     (reason, detail): why it is not whole
    facts       what was read of a shop
    record      how it was done; empty until it has ended
    difference  against the one before on its schedule; None: there is none
    deposit     number; None: nothing was deposited
    files       (name, size in bytes) of its products
    recordings  numbers of collections in which the owner adds recordings of their own
    """

    number: str
    url: str
    purpose: str
    pages: int
    shop: bool
    state: CaptureState
    step: str
    reasons: Sequence[tuple[str, str]]
    title: str
    final_url: str
    facts: Mapping[str, object]
    record: Mapping[str, object]
    difference: Mapping[str, object] | None
    schedule: str | None
    asked_at: datetime
    begun_at: datetime | None
    ended_at: datetime | None
    deposit: str | None
    has_preview: bool
    files: Sequence[tuple[str, int]] = ()
    recordings: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleTold:
    """A schedule with how many captures it has made; ``stopped_at`` None: it goes on."""

    number: str
    url: str
    purpose: str
    every_days: int
    next_at: datetime
    stopped_at: datetime | None
    captures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantTold:
    """Leave for somebody to open a container; ``live``: it holds at this moment."""

    key: int
    person: str
    reason: str
    until: datetime
    live: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerTold:
    """A sealed container as somebody sees it who may know of it; the owner alone sees the leaves."""

    number: str
    name: str
    stored: bool
    mine: bool
    may_open: bool
    grants: Sequence[GrantTold] = ()


@dataclass(frozen=True, slots=True)
class CollectionStep:
    """One step of a guided collection. ``file``: it wants one; otherwise words are enough. ``optional``: may be left out."""

    key: str
    file: bool = True
    optional: bool = False


# how evidence is taken -> what to do, in this order (SF/T 0076, SF/T 0091; purchases: as notaries make them)
COLLECTIONS = {
    "photo": (
        CollectionStep("place", file=False),
        CollectionStep("overview"),
        CollectionStep("detail"),
        CollectionStep("marking", optional=True),
    ),
    "video": (
        CollectionStep("device", file=False),
        CollectionStep("clock", optional=True),
        CollectionStep("recording"),
    ),
    "purchase": (
        CollectionStep("offer"),
        CollectionStep("order"),
        CollectionStep("payment"),
        CollectionStep("parcel"),
        CollectionStep("unboxing"),
        CollectionStep("goods"),
        CollectionStep("keeping", file=False),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTold:
    """What was put to a step: a note, or a deposit by its number and name."""

    step: str
    note: str
    deposit: str | None
    name: str
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionTold:
    """A guided collection; ``missing`` are the steps that it still needs, ``deposit`` its report once it is closed."""

    number: str
    kind: str
    title: str
    capture: str | None
    opened_at: datetime
    closed_at: datetime | None
    deposit: str | None
    items: Sequence[ItemTold]
    missing: Sequence[str]
