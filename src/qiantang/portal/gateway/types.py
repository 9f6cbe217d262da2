"""Words of the open API."""

from __future__ import annotations

VERSION = "1"
PREFIX = f"/api/v{VERSION}/"

# code -> (sentence, next step)
REFUSALS = {
    "api.question": (
        "The question cannot be read: %(places)s.",
        "Correct what `errors` names; the reference under /api tells what each parameter may be.",
    ),
    "api.parameter_unknown": (
        "There is no parameter %(given)s here.",
        "Leave it out; a parameter that is not known is never passed over. Known: %(known)s.",
    ),
    "api.parameter_twice": ("The parameter %(given)s was given more than once.", "Give it once."),
}
