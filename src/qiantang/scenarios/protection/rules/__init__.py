"""What protection keeps of a person, and how much of a public caller it looks at."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.accounts.types import MandateScope, Scope, declare_mandate_scope, declare_scope
from qiantang.commons.audit.types import Store, declare_store
from qiantang.scenarios.protection.rules import cards as cards
from qiantang.scenarios.protection.rules import (
    marks as marks,
)  # declares scopes, values and notices of sheets and origin
from qiantang.scenarios.protection.rules import papers as papers  # declares papers and notices
from qiantang.scenarios.protection.rules import registers as registers  # declares the notice before an entry
from qiantang.scenarios.protection.rules import routes as routes  # declares the rules of routing
from qiantang.scenarios.protection.rules import watching as watching  # declares a notice

DEPOSITS_READ = declare_scope(
    Scope(key="deposits:read", title=_("Read your evidence deposits and fetch their packages"))
)
DEPOSITS_WRITE = declare_scope(Scope(key="deposits:write", title=_("Deposit evidence by digests")))
PUBLIC_UPLOAD_BYTES = 64 * 2**20  # that anybody may have looked at without an account

DEPOSITS = declare_store(
    Store(
        code="protection.deposits",
        title=_("Your deposits: digests, receipts, custody, and copies of the files where you wanted them kept"),
        retention=_("At least five years; the entry in the log stays for ever and tells nothing of the content"),
        url_name="protection:deposit-list",
    )
)
declare_store(
    Store(
        code="protection.watches",
        title=_("Your watch lists: pages, words, and the offers found there"),
        retention=_("Until you stop a watch, and then as long as the drafts made of it"),
        url_name="protection:watch-list",
    )
)

DISPUTE = declare_mandate_scope(MandateScope(key="protection.act", title=_("Bring and defend disputes over rights")))
declare_store(
    Store(
        code="protection.disputes",
        title=_("Your disputes: what you told at the intake, the papers of each route, and what came of it"),
        retention=_("As long as the files of the office are kept; closed cases are told on only without names"),
        url_name="protection:dispute-list",
    )
)
