"""What the search desk shows beside the hits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """One value a reader can refine by; ``url`` adds it to the query, or takes it away where ``selected``."""

    value: str
    label: str
    count: int
    url: str
    selected: bool


@dataclass(frozen=True, slots=True)
class FacetBlock:
    """One facet: field key, heading, its values, and the address where more are looked for and several chosen."""

    key: str
    label: str
    values: tuple[FacetChoice, ...]
    open_url: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A refinement in force, and the address without it."""

    label: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class QueryFault:
    """Why a query was not understood: the text before and after the place, what was expected, what to try.

    repair      the query mended, where the mend is plain; ``repair_url`` asks it
    """

    position: int
    message: str
    expected: str
    hint: str
    before: str
    after: str
    repair: str = ""
    repair_url: str = ""


@dataclass(frozen=True, slots=True)
class RemarkShown:
    """What is remarked on a query that was read, the query that may have been meant, and the address that asks it."""

    message: str
    instead: str
    url: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How hits are shown: as a table or as cards, and with which columns, in their order; none: the usual ones."""

    table: bool = False
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeskRequest:
    """What stands in the address bar: query text, refinements (``methods.refinements``), order, cursor of a page.

    rank      ``cited`` or ``family``: the order of a figure that is looked up; empty: that of ``sort``
    grouping  ``simple`` or ``extended``: hits by family; empty: one by one
    years     the years that are drawn: AY by filing, PY by publication
    layout    as the address says; None: it says nothing, so that the reader's own choice counts
    """

    text: str = ""
    refinements: tuple[str, ...] = ()
    sort: str = "relevance"
    cursor: str = ""
    grouping: str = ""
    size: int = 20
    years: str = "AY"
    layout: Layout | None = None
    rank: str = ""


@dataclass(frozen=True, slots=True)
class SavedShown:
    """A saved query as its list shows it.

    refinements what it is narrowed by, in words
    watches     kinds of change it tells of; empty: no alert; ``watched_words``: the same in words
    begun_in    snapshot of the state last told; None: the watch has not begun
    checked_in  newest snapshot it was checked on
    hits        how many there were then; None: not known
    fault       why it cannot be checked, a code; empty: it can
    reports     the newest: (snapshot, kind -> count)
    """

    id: int
    name: str
    text: str
    refinements: tuple[str, ...]
    canonical: str
    sort: str
    run_url: str
    changed_at: datetime
    watches: tuple[str, ...]
    watched_words: str
    begun_in: int | None
    checked_in: int | None
    hits: int | None
    fault: str
    reports: tuple[tuple[int, Mapping[str, int]], ...]


@dataclass(frozen=True, slots=True)
class ReportShown:
    """What an alert found on one snapshot, compared with the state last told; ``counts`` by kind of change."""

    saved: int
    name: str
    run_url: str
    snapshot: int
    since_snapshot: int
    made_at: datetime
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ChangedPatent:
    """A patent of a report as the register holds it now; ``before`` and ``after`` are keys of the status, where that changed."""

    patent_id: str
    number: str
    title: str | None
    on_record: bool
    before: str
    after: str
    owners: tuple[str, ...]


class ListVerdict(StrEnum):
    """What a line of a number list is.

    FOUND       the number of one patent on record
    UNKNOWN     a sound number, not on record
    CHECK_DIGIT its check digit is wrong; the right number is told
    AMBIGUOUS   the number of several patents on record; which they are is told
    DUPLICATE   the same as a line before, which is told
    UNREADABLE  no patent number
    """

    FOUND = "found"
    UNKNOWN = "unknown"
    CHECK_DIGIT = "check_digit"
    AMBIGUOUS = "ambiguous"
    DUPLICATE = "duplicate"
    UNREADABLE = "unreadable"


class ListLine(NamedTuple):
    """One entry of a number list: its line, as given, what it is, what is to be said of that, and the patent it names."""

    line: int
    given: str
    verdict: ListVerdict
    detail: str
    patent_id: str


@dataclass(frozen=True, slots=True)
class SimilarWanted:
    """What is asked: a patent, one of its claims, or a text of one's own; among which patents; the own family left out."""

    text: str = ""
    patent: str = ""
    claim: int | None = None
    query: str = ""
    before: date | None = None
    with_family: bool = False

    @property
    def asks(self) -> bool:
        return bool(self.text or self.patent)


@dataclass(frozen=True, slots=True)
class SimilarSubject:
    """The patent that is asked about."""

    patent_id: str
    number: str
    title: str
    claim: int | None


# code -> (sentence, next step)
REFUSALS = {
    "query.likeness_of_one": (
        "Likeness is asked either for a text or for a patent.",
        "Give one of `text` and `patent`.",
    ),
    "query.export_sign_in": (
        "This result has %(total)s patents; without an account a file holds at most %(most)s.",
        "Sign in, or narrow the search.",
    ),
    "query.export_at_once": (
        "%(running)s of your exports are still being written, and no more than %(most)s can be at a time.",
        "Wait until one is ready, or cancel one under Exports.",
    ),
    "query.export_unknown": ("You have no such export.", "Look under Exports."),
    "query.export_over": ("This export is no longer being written.", "Look at it under Exports."),
    "query.export_no_file": (
        "This export has no file: it is not ready, was cancelled, or its time is over.",
        "Look at it under Exports, or export the result again.",
    ),
    "query.export_columns": ("There are no columns %(unknown)s.", "Choose among: %(known)s."),
    "query.export_ending": (
        "The ending of “%(given)s” names no format of an export.",
        "End the name with one of: %(known)s.",
    ),
    "query.export_spelling": ("Numbers have no spelling “%(given)s”.", "Choose among: %(known)s."),
    "query.export_disk_full": (
        "The disk has no room for this file.",
        "Tell the operator of the platform, or export fewer columns.",
    ),
    "query.export_unwritable": (
        "The file cannot be written: %(reason)s.",
        "Tell the operator of the platform.",
    ),
    "query.export_snapshot_gone": (
        "The snapshot %(snapshot)s, of which this file was being written, has been cleaned away meanwhile.",
        "Export the result again.",
    ),
    "query.export_broke_off": (
        "The export broke off.",
        "Export again; if it stays so, tell the operator of the platform.",
    ),
    "query.address": (
        "The address of this search is damaged: %(fields)s.",
        "Begin again on the search page.",
    ),
    "query.permalink": (
        "This permanent link is damaged, or was made by another platform.",
        "Ask whoever gave it to you for the whole link; it is long.",
    ),
    "query.permalink_gone": (
        "The list of this link cannot be found again: its snapshot is gone, or too much has changed since.",
        "Number and digest stand on the page of the link.",
    ),
    "query.permalink_list": (
        "This list is not the one of the permanent link: its SHA-256 is %(given)s.",
        "Choose the list that was downloaded from the link, unchanged.",
    ),
    "query.refinement": (
        "The address of this search holds a condition that is not one of the page's own.",
        "Begin again on the search page; any condition can be written into the query itself.",
    ),
    "query.sign_in_first": ("What you keep here is yours alone.", "Sign in; any account will do."),
    "query.platform_only": ("Only the platform itself looks after alerts.", "There is nothing to do."),
    "query.saved_unknown": ("You have no such saved query.", "Look at the list of your saved queries."),
    "query.report_unknown": (
        "There is no report of this saved query on snapshot %(snapshot)s.",
        "The list of your saved queries shows the newest reports.",
    ),
    "query.name_missing": ("A name is missing.", "Enter a name under which you will find it again."),
    "query.name_taken": ("You have a saved query “%(name)s” already.", "Choose another name."),
    "query.saved_too_many": (
        "One account may keep %(most)s saved queries.",
        "Delete one that you no longer need.",
    ),
    "query.list_unknown": ("You have no such number list.", "Look at your number lists."),
    "query.list_empty": ("There is no number in it.", "Paste numbers, one a line, or choose a file that has some."),
    "query.list_too_long": (
        "A number list may have %(most)s numbers.",
        "Part it into several lists.",
    ),
    "query.lists_too_many": ("One account may keep %(most)s number lists.", "Delete one that you no longer need."),
    "query.upload_refused": (
        "The file “%(file)s” was not taken: %(findings)s.",
        "Upload plain text, CSV or an XLSX workbook without macros.",
    ),
    "query.dossier_unknown": (
        "There is no such dossier, or it is not open to you.",
        "Look at the list of your dossiers, or ask its owner to share it.",
    ),
    "query.dossier_read_only": (
        "This dossier is open to you for reading.",
        "Ask its owner to let you write in it.",
    ),
    "query.dossier_not_yours": ("Only its owner may do this with a dossier.", "Ask its owner."),
    "query.dossier_name_taken": ("You have a dossier “%(name)s” already.", "Choose another name."),
    "query.dossier_full": (
        "A dossier may have %(most)s patents; this would make %(number)s.",
        "Narrow what you put in, or begin another dossier.",
    ),
    "query.dossiers_too_many": ("One account may keep %(most)s dossiers.", "Delete one that you no longer need."),
    "query.entry_unknown": ("This patent is not in the dossier.", "Look at the dossier."),
    "query.rating_unknown": ("A rating is 1 to 5, or none.", "Choose one of them."),
    "query.comment_missing": ("There is nothing in this comment.", "Write something, then send it."),
    "query.comment_not_yours": (
        "A comment may be deleted by who wrote it, or by the owner of the dossier.",
        "Ask one of them.",
    ),
    "query.share_with_owner": ("The dossier is yours already.", "Enter the user name of somebody else."),
    "query.shares_too_many": ("A dossier may be shared with %(most)s accounts.", "Take one away first."),
    "query.links_too_many": ("A dossier may have %(most)s links in force.", "Revoke one first."),
    "query.link_stale": (
        "This link is not good, or no longer.",
        "Ask whoever gave it to you for a new one.",
    ),
    "query.nothing_to_add": ("There is no patent to put into a dossier.", "Search for some first."),
}
