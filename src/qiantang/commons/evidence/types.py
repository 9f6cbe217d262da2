"""Evidence as values, and the sentences of what is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

CAPTURE_PAGES_MOST = 20
SCHEDULE_DAYS_MOST = 366
GRANT_DAYS_MOST = 90

# code -> (sentence, next step)
REFUSALS = {
    "evidence.sign_in_first": ("Deposits belong to an account.", "Sign in."),
    "evidence.unknown": ("There is no such deposit, or it is not yours.", "Check the number."),
    "evidence.not_sealed": (
        "Deposit %(number)s is received; its timestamp is pending.",
        "Wait a minute and try again.",
    ),
    "evidence.name_missing": ("The object has no name.", "Write what it is called, in a few words."),
    "evidence.file_empty": ("The file is empty.", "Choose a file with content."),
    "evidence.file_too_large": (
        "The file is larger than %(limit)s bytes.",
        "Deposit it by its digests: the file stays with you.",
    ),
    "evidence.too_many": ("A batch holds at most %(most)s files.", "Divide it."),
    "evidence.nothing": ("There is no file to deposit.", "Name one that is there."),
    "evidence.object_missing": (
        "The platform keeps no copy of this object.",
        "Use your own copy; its digests are in the deposit.",
    ),
    "evidence.object_changed": (
        "The stored copy of %(number)s is no longer what was deposited.",
        "Tell the operator; the chain of custody notes it. Your own copy is not affected.",
    ),
    "evidence.witness_unknown": ("The witness %(given)s is not known.", "Use a name that the operator has entered."),
    "evidence.witness_signature": (
        "This is not the witness's signature of the checkpoint.",
        "Sign the bytes of the checkpoint as they are.",
    ),
    "evidence.witness_taken": ("There is a witness of that name already.", "Choose another name."),
    "evidence.operator_only": ("Only operators do this.", "Sign in as an operator."),
    "evidence.size_unknown": ("The log has no checkpoint of %(given)s entries.", "Use the size of a checkpoint."),
    "evidence.key_missing": (
        "The log's signing key is not in the home.",
        "Restore the folder evidence of the home from the backup.",
    ),
    "evidence.capture_unknown": ("There is no such capture, or it is not yours.", "Check the number."),
    "evidence.captures_today": (
        "An account has %(most)s captures a day; those that failed do not count.",
        "Go on tomorrow, or deposit recordings of your own.",
    ),
    "evidence.purpose_missing": ("It is not said what the capture is for.", "Write it in a few words."),
    "evidence.pages": ("A capture follows 1 to %(most)s pages.", "Choose fewer."),
    "evidence.days": ("A schedule is every 1 to %(most)s days.", "Choose a number of days."),
    "evidence.schedules": ("An account has at most %(most)s schedules.", "Stop one that is not needed any more."),
    "evidence.schedule_unknown": ("There is no such schedule, or it is not yours.", "Check the number."),
    "evidence.collection_unknown": ("There is no such collection, or it is not yours.", "Check the number."),
    "evidence.collection_kind": ("There is no way of collecting called %(given)s.", "Choose photo, video or purchase."),
    "evidence.collection_closed": ("The collection %(number)s is closed.", "Begin another one."),
    "evidence.collection_open": (
        "The collection lacks: %(missing)s.",
        "Add what is missing, or say in a note to the step why it cannot be had.",
    ),
    "evidence.step_unknown": ("The collection has no step %(given)s.", "Choose a step of the list."),
    "evidence.no_container": ("The deposit %(number)s is no sealed container.", "Choose a trade secret."),
    "evidence.not_sealed_container": (
        "The file is no sealed container, and was thrown away.",
        "Seal it first, in the browser or with the command; a secret is never sent in the clear.",
    ),
    "evidence.grant_days": ("Leave to open is for 1 to %(most)s days.", "Choose a number of days."),
    "evidence.password": (
        "A password has at least %(least)s characters.",
        "Take several words; nobody can open the container without it, neither can we.",
    ),
    "evidence.not_opened": ("The container does not open: %(said)s.", "Check the file and the password."),
    "evidence.reason_missing": ("It is not said why.", "Write the reason in a few words; it goes into the log."),
    "evidence.not_granted": (
        "The container %(number)s is not open to you.",
        "Ask its owner for leave; what the owner gives has an end.",
    ),
    "capture.no_browser": (
        "There is no browser to capture with on this machine (looked for %(wanted)s).",
        "Install Chromium, or set CHROMIUM to its path; until then deposit recordings of your own.",
    ),
    "capture.address": (
        "“%(given)s” is not an address of the web.",
        "Write it with http:// or https://, without name and password.",
    ),
    "capture.inside": (
        "%(given)s is no public address.",
        "Only pages that the public can reach are captured; others you deposit as files.",
    ),
    "notary.silent": ("The timestamp authority does not answer.", "Nothing is lost: it is asked again by itself."),
    "notary.token_refused": (
        "The answer of the timestamp authority does not hold (%(reason)s).",
        "Nothing is lost: it is asked again. Check the setting QIANTANG_TSA_URL where it stays so.",
    ),
    "notary.weak_digest": ("%(given)s alone proves nothing any more.", "Give SHA-256, and SM3 where you have it."),
    "notary.digest_malformed": (
        "“%(given)s” is not a digest of the kind %(algorithm)s.",
        "Copy all of its hexadecimal digits.",
    ),
    "notary.digest_missing": (
        "The SHA-256 of the object is missing.",
        "Give it, 64 hexadecimal digits, with SM3 beside it.",
    ),
    "notary.no_sm3": ("This machine's cryptographic library lacks SM3.", "Install OpenSSL 1.1.1 or later."),
}


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
