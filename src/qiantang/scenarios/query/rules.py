"""What the search desk tells people, what it uses personal data for, and how much one person may keep."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_noop as _

from qiantang.commons.accounts.types import Scope, declare_scope
from qiantang.commons.audit.types import Basis, Purpose, Store, declare, declare_store
from qiantang.commons.notices.types import NoticeKind, declare_kind

MOST_SAVED = 200  # saved queries of one person: each watched one is run after every load
MOST_LISTS = 100  # number lists of one person
MOST_LINES = 20_000  # numbers of one list
MOST_DOSSIERS = 200  # of one person
MOST_ENTRIES = 5_000  # patents of one dossier
MOST_SHARES, MOST_LINKS = 50, 10  # of one dossier
LINK_DAYS = (7, 30, 90, 365)  # for how long a share link may be good
ADDED_AT_ONCE = 1_000  # hits of a query; of more, the first FIRST_HITS in its order
FIRST_HITS = 200
REPORTS_KEPT = 100  # of one saved query, the newest

ALERT = declare_kind(
    NoticeKind(
        code="query.alert",
        label=_("A saved query has new hits, or a hit changes its status or owner"),
        title=_("News of the saved query “%(name)s”"),
        happened=_(
            "A load has changed what it finds; compared with what you were told last, on snapshot %(snapshot)s:"
        ),
        details=(
            ("new", _("New hits: %(new)s")),
            ("status", _("Changes of legal status: %(status)s")),
            ("owner", _("Changes of owner: %(owner)s")),
        ),
        link_label=_("Show the patents"),
    )
)

ALERT_FAILED = declare_kind(
    NoticeKind(
        code="query.alert_failed",
        label=_("A saved query can no longer be watched"),
        title=_("The saved query “%(name)s” could not be run"),
        happened=_("Its alert could not be checked on the newest data."),
        advice=_("Open the query, correct it and save it again."),
        follows=_("Until then this alert stays silent."),
        link_label=_("Open the saved query"),
    )
)

SAVED = declare_store(
    Store(
        code="query.saved",
        title=_("Your saved queries, with what their alerts found"),
        retention=_("Until you delete them; nobody else sees them"),
        url_name="query:saved-list",
    )
)

LISTS = declare_store(
    Store(
        code="query.lists",
        title=_("Your number lists"),
        retention=_(
            "Until you delete them; the file you uploaded is not kept. A search in a list is open to those you give its address"
        ),
        url_name="query:list-index",
    )
)

# --- exports ---

EXPORT = declare(
    Purpose(
        code="query.export",
        title=_("Hand out the result of a search as a file"),
        basis=Basis.PUBLISHED,
        source=_("Personal Information Protection Law, art. 13 (1) no. 6 and art. 27; Patent Law, art. 21"),
        personal=_("Names of applicants, inventors and agencies as the offices published them; no street addresses"),
        retention=_("The file on the platform for seven days; what was fetched is in the hands of whoever fetched it"),
        days=7,
    )
)
EXPORTS = declare_store(
    Store(
        code="query.exports",
        title=_("Your exports: what was asked for, and the files"),
        retention=_("The file for seven days, the entry for 30; you can delete both at any time"),
        url_name="query:export-list",
    )
)
EXPORT_READY = declare_kind(
    NoticeKind(
        code="query.export_ready",
        label=_("An export is ready"),
        title=_("Your export of %(rows)s patents is ready"),
        happened=_("The file was made of snapshot %(snapshot)s of the register."),
        advice=_("Fetch it."),
        deadline=_("The file is kept until %(due)s."),
        follows=_("Afterwards it is deleted; the same query can be exported again."),
        link_label=_("To the file"),
    )
)
EXPORT_FAILED = declare_kind(
    NoticeKind(
        code="query.export_failed",
        label=_("An export could not be made"),
        title=_("Your export could not be made"),
        happened=_("The work on the file stopped; the page of the export says why."),
        advice=_("Look what to do, and export again."),
        link_label=_("To the export"),
    )
)
# So many rows everybody gets at once, without account and without a job: a second of work, and as much as a person reads.
ROWS_AT_ONCE = 1_000
# Exports of one person that are under way at a time.
RUNNING_AT_ONCE = 2
FILE_KEPT = timedelta(days=7)
ENTRY_KEPT = timedelta(days=30)
# A worker that has not said a word for so long is dead, and another goes on.
LEASE = timedelta(minutes=2)
# So long an export works before other jobs have their turn: the worker does one thing at a time.
TURN_SECONDS = 5.0

DOSSIER_ALERT = declare_kind(
    NoticeKind(
        code="query.dossier_alert",
        label=_("A patent in one of your dossiers changes its legal status or owner"),
        title=_("Changes in the dossier “%(name)s”"),
        happened=_("A load has changed patents of this dossier, on snapshot %(snapshot)s:"),
        details=(
            ("status", _("Changes of legal status: %(status)s")),
            ("owner", _("Changes of owner: %(owner)s")),
        ),
        link_label=_("Show the patents"),
    )
)

DOSSIER_SHARED = declare_kind(
    NoticeKind(
        code="query.dossier_shared",
        label=_("Somebody shares a dossier with you"),
        title=_("%(person)s shares the dossier “%(name)s” with you"),
        happened=_("It is open to you from now on, until its owner takes it back."),
        link_label=_("Open the dossier"),
    )
)

DOSSIERS = declare_store(
    Store(
        code="query.dossiers",
        title=_("Your dossiers, with ratings, comments and who they are shared with"),
        retention=_("Until you delete them; your comments in the dossiers of others until you or they delete them"),
        url_name="query:dossier-index",
    )
)

# --- what a token may be used for ------------------------------------------------------------------------------------

QUERIES_READ = declare_scope(Scope(key="queries:read", title=_("Read your saved queries and what their alerts found")))
QUERIES_WRITE = declare_scope(Scope(key="queries:write", title=_("Save and delete queries")))
EXPORTS_READ = declare_scope(Scope(key="exports:read", title=_("See your exports and fetch their files")))
EXPORTS_WRITE = declare_scope(Scope(key="exports:write", title=_("Ask for exports and delete them")))
LISTS_READ = declare_scope(Scope(key="lists:read", title=_("Read your number lists")))
LISTS_WRITE = declare_scope(Scope(key="lists:write", title=_("Make and delete number lists")))
DOSSIERS_READ = declare_scope(Scope(key="dossiers:read", title=_("Read the dossiers that are open to you")))
DOSSIERS_WRITE = declare_scope(Scope(key="dossiers:write", title=_("Put patents into your dossiers")))
