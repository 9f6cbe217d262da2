"""What must not come back: names and patents that were removed on lawful request, known by keyed digests alone.

A digest is of an identity key, or of a name as folded; with the key of this home nobody can look names up in a list made
elsewhere. A name inside a longer text is found by its length: every stretch of that length is digested and compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from qiantang.kernel.text import fold

REMOVED = "〔…〕"  # stands where a name stood inside a text
Name = tuple[int, str]  # length of the name as given, digest of it folded


@dataclass(slots=True)
class Suppressed:
    """What is suppressed under one identity key: the whole patent, or these names in it."""

    whole: bool = False
    names: set[Name] = field(default_factory=set)

    def join(self, other: Suppressed) -> bool:
        """Take over what the other suppresses; whether that was new."""
        before = self.whole, len(self.names)
        self.whole |= other.whole
        self.names |= other.names
        return before != (self.whole, len(self.names))


@dataclass(slots=True)
class Suppressions:
    """All that is suppressed in one home, by digest of identity key. ``salt`` is 32 hexadecimal digits of this home."""

    salt: str
    keys: dict[str, Suppressed] = field(default_factory=dict)

    def digest(self, text: str) -> str:
        return blake2b(text.encode(), digest_size=16, key=self.salt.encode()).hexdigest()

    def name(self, text: str) -> Name:
        return len(text), self.digest(fold(text))

    def of(self, keys: Iterable[str]) -> Suppressed | None:
        """What is suppressed for a row with these identity keys; its other keys are suppressed like it from now on."""
        digests = [self.digest(key) for key in keys]
        found = [self.keys[one] for one in digests if one in self.keys]
        if not found:
            return None
        whole = Suppressed()
        for one in found:
            whole.join(one)
        for digest in digests:
            self.keys.setdefault(digest, Suppressed()).join(whole)
        return whole

    def suppress(self, keys: Iterable[str], what: Suppressed) -> None:
        for key in keys:
            self.keys.setdefault(self.digest(key), Suppressed()).join(what)

    def names(self) -> set[Name]:
        return {name for one in self.keys.values() for name in one.names}

    def is_name(self, text: str, names: set[Name]) -> bool:
        stripped = text.strip()
        folded = self.digest(fold(stripped))
        return any(folded == digest for _, digest in names)

    def redacted(self, text: str, names: set[Name]) -> str:
        """The text with every stretch that is one of the names replaced."""
        for length, digest in names:
            start = 0
            while start + length <= len(text):
                if self.digest(fold(text[start : start + length])) == digest:
                    text = text[:start] + REMOVED + text[start + length :]
                    start += len(REMOVED)
                else:
                    start += 1
        return text

    def without(self, value: Any, names: set[Name]) -> Any:
        """Plain values of a row without the names: entries of that name go, texts are redacted, the rest stays."""
        if isinstance(value, str):
            return self.redacted(value, names)
        if isinstance(value, Mapping):
            return {key: self.without(one, names) for key, one in value.items()}
        if isinstance(value, Sequence):
            return [self.without(one, names) for one in value if not self._named(one, names)]
        return value

    def _named(self, value: Any, names: set[Name]) -> bool:
        return isinstance(value, Mapping) and "role" in value and self.is_name(str(value.get("name") or ""), names)

    def to_json(self) -> dict[str, Any]:
        kept = {key: {"whole": one.whole, "names": sorted(one.names)} for key, one in sorted(self.keys.items())}
        return {"salt": self.salt, "keys": kept}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Suppressions:
        keys = {
            key: Suppressed(one["whole"], {(length, digest) for length, digest in one["names"]})
            for key, one in told["keys"].items()
        }
        return cls(told["salt"], keys)
