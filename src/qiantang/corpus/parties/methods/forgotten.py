"""Names that must not be kept again, known by keyed digests: nobody can look names up in a list made elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b


def forgotten_digest(whole: str, salt: str) -> str:
    """32 hexadecimal digits of a name as folded whole; ``salt`` belongs to this office."""
    return blake2b(whole.encode(), digest_size=16, key=salt.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Forgotten:
    """All that was removed here; ``salt`` is empty where nothing was."""

    salt: str
    digests: frozenset[str]

    def __contains__(self, whole: object) -> bool:
        return bool(self.digests) and forgotten_digest(str(whole), self.salt) in self.digests
