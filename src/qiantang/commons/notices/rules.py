"""What addresses and numbers are used for, and how often sending is tried."""

from __future__ import annotations

from datetime import time, timedelta

from django.utils.translation import gettext_noop as _

from qiantang.commons.audit.types import Basis, Purpose, Store, declare, declare_store

BY_MAIL = declare(
    Purpose(
        code="notices.mail",
        title=_("Send notices by e-mail to those who want them"),
        basis=Basis.CONSENT,
        source=_("Personal Information Protection Law, art. 13 (1) no. 1, art. 15 and 16"),
        personal=_("The e-mail address that was entered and confirmed, and the language of mails"),
        retention=_("Until the address is taken away; after the end of the consent nothing is sent to it"),
        days=365,
        asked_at="notices:settings",
    )
)

BY_TEXT = declare(
    Purpose(
        code="notices.text",
        title=_("Send notices by text message to those who want them"),
        basis=Basis.CONSENT,
        source=_("Personal Information Protection Law, art. 13 (1) no. 1, art. 15 and 16"),
        personal=_("The mobile number that was entered and confirmed, and the language of messages"),
        retention=_("Until the number is taken away; after the end of the consent nothing is sent to it"),
        days=365,
        asked_at="notices:texts",
    )
)

INBOX = declare_store(
    Store(
        code="notices.inbox",
        title=_("Your inbox and your e-mail address"),
        retention=_("The address until you take it away; a notice as long as what it tells of, and your account"),
        url_name="notices:settings",
    )
)

# After a refusal that may pass, and after a doubt: pauses before the next attempt. Then it is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))
# Who takes a mail to send it has so long; then the attempt counts as broken off and another may.
LEASE = timedelta(minutes=10)
# A mail that may have arrived is repeated once, no more: better one twice than one lost, better lost than without end.
REPEATS_IN_DOUBT = 1
CONFIRMATIONS_A_DAY = 3
CONFIRMATION_GOOD_FOR = timedelta(days=2)
WRONG_CODES = 5
DIGEST_AT = time(8, 0)  # where a person named no hour
