"""What a token may be used for here."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.accounts.types import Scope, declare_scope

ACCOUNT_READ = declare_scope(Scope(key="account:read", title=_("See whose token it is")))
