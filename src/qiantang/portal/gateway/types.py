"""Words of the open API."""

from __future__ import annotations

VERSION = "1"
BODY_BYTES = 32 * 2**20  # of a body that holds a file: 20 MB in base64, and what is told beside it
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
    "api.body_large": (
        "The body has more than %(limit_mb)s MB.",
        "Send a smaller file; a larger one can be handed in on the page.",
    ),
    "api.parameter_twice": ("The parameter %(given)s was given more than once.", "Give it once."),
}
