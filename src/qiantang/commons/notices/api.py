"""The front door of notices: tell a person, count what is unread, forget what a thing that is gone has caused."""

from __future__ import annotations

from qiantang.commons.notices.selectors.inbox import inbox, unread_count
from qiantang.commons.notices.selectors.proofs import service_of
from qiantang.commons.notices.services.issuing import forget_notices, mark_read, send_notice
from qiantang.commons.notices.types import Draft, NoticeKind, NoticeShown, declare_kind

__all__ = [
    "Draft",
    "NoticeKind",
    "NoticeShown",
    "declare_kind",
    "forget_notices",
    "inbox",
    "mark_read",
    "send_notice",
    "service_of",
    "unread_count",
]
