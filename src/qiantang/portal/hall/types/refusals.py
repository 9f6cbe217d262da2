"""What the hall refuses, with the next step."""

from __future__ import annotations

REFUSALS = {
    "hall.service_unknown": ("There is no service %(service)s.", "Look for it in words, or in the list of services."),
    "hall.catalogue_incomplete": (
        "The catalogue cannot be published: %(count)s entries are incomplete or vague, the first: %(first)s",
        "Correct every entry that is listed.",
    ),
    "hall.keepers_only": ("Only operators and supervisors keep the catalogue and the forms.", "Ask one of them."),
    "hall.catalogue_unreadable": ("The catalogue cannot be read: %(said)s", "Correct the file; nothing was changed."),
}
