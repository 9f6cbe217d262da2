"""The front door of notices: tell a person or an organisation, count what is unread, forget what a thing that is gone has caused;
send messages again.
"""

from __future__ import annotations

from qiantang.commons.notices.selectors.dispatches import dispatch_counts
from qiantang.commons.notices.selectors.inbox import inbox, unread_count
from qiantang.commons.notices.selectors.proofs import service_of
from qiantang.commons.notices.selectors.shared import organisation_inbox
from qiantang.commons.notices.services import replaying
from qiantang.commons.notices.services.issuing import forget_notices, mark_read, send_notice
from qiantang.commons.notices.services.reminding import tend_legal
from qiantang.commons.notices.types import Draft, NoticeKind, NoticeShown, declare_kind

__all__ = [
    "Draft",
    "NoticeKind",
    "NoticeShown",
    "declare_kind",
    "dispatch_counts",
    "forget_notices",
    "inbox",
    "mark_read",
    "organisation_inbox",
    "replaying",
    "send_notice",
    "service_of",
    "tend_legal",
    "unread_count",
]
