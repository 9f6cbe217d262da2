"""What the search desk tells people, and how much one person may keep."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.audit.types import Store, declare_store
from qiantang.commons.notices.types import NoticeKind, declare_kind

MOST_SAVED = 200  # saved queries of one person: each watched one is run after every load
MOST_LISTS = 100  # number lists of one person
MOST_LINES = 20_000  # numbers of one list
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
