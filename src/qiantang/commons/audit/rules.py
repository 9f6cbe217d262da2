"""Who only reads, as data: whatever a service is about to write down is held against it, so that no room can forget."""

from __future__ import annotations

# The auditor reads all and writes nothing; the system administrator keeps the machine and has nothing to do with content.
READS_ONLY = frozenset({"auditor", "system_admin"})
# What they still do: keep their own account safe, read their own notices, speak for their own data.
OWN_ACCOUNT = (
    "accounts.account.recover",
    "accounts.identity.",
    "accounts.passkey.",
    "accounts.password.",
    "accounts.recovery.",
    "accounts.second_factor.",
    "accounts.session.",
    "accounts.token.",
    "audit.consent.",
    "notices.",
)
# Last words of verbs that note a read: confidential material that is looked at.
READING = frozenset({"read", "use", "view"})
