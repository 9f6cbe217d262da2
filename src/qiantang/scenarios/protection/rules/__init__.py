"""What protection keeps of a person, and how much of a public caller it looks at."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.audit.types import Store, declare_store

PUBLIC_UPLOAD_BYTES = 64 * 2**20  # that anybody may have looked at without an account

DEPOSITS = declare_store(
    Store(
        code="protection.deposits",
        title=_("Your deposits: digests, receipts, custody, and copies of the files where you wanted them kept"),
        retention=_("At least five years; the entry in the log stays for ever and tells nothing of the content"),
        url_name="protection:deposit-list",
    )
)
