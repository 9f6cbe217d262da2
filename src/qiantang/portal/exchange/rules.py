"""How sending goes on where a platform is silent, the scope of tokens, and what operators are told."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_noop as _

from qiantang.commons.accounts.types import Scope, declare_scope
from qiantang.commons.notices.types import NoticeKind, declare_kind

EVENTS_READ = declare_scope(Scope(key="events:read", title=_("Read the events of the house for a platform")))

# Pauses after each failure; after the last one the message is given up and an operator is told: about nine hours in all.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 16, 32, 64, 128, 256))
LEASE = timedelta(minutes=2)
AT_ONCE = 200

GIVEN_UP = declare_kind(
    NoticeKind(
        code="exchange.given_up",
        label=_("Messages to other platforms that were given up"),
        title=_("%(platform)s does not take our messages"),
        happened=_("A message to %(platform)s was given up after %(attempts)s attempts: %(said)s."),
        advice=_("Ask the platform what is wrong, then send what was given up again."),
        follows=_("Until then the platform does not know of it, unless it fetches the feed itself."),
        link_label=_("Open the list"),
    )
)
