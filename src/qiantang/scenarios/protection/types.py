"""Protection as values, and the sentences of what is refused."""

from __future__ import annotations

REFUSALS = {
    "protection.upload_too_large": (
        "Files of more than %(limit)s MB are not looked at here.",
        "Let the browser compute the digest, or check the package with verify.py.",
    ),
    "protection.digests_malformed": ("The digests that the browser sent cannot be read.", "Choose the files again."),
    "protection.language": ("There is no certificate in the language %(given)s.", "Choose zh or en."),
}
