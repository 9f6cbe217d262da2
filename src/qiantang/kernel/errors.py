"""The six ways a service can say no. Each carries a code (stable, translated elsewhere) and facts (values for the sentence)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class DomainError(Exception):
    """A refusal a person can act on.

    code    dotted and stable: ``register.number_unknown``; the key of the translated sentence and of the problem type
    facts   values the sentence names: numbers, places, limits
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, object] = MappingProxyType(facts)

    def __str__(self) -> str:
        told = ", ".join(f"{key}={value!r}" for key, value in self.facts.items())
        return f"{self.code}({told})"


class NotFound(DomainError):
    """There is no such thing, or the one who asks may not know that there is."""


class NotPermitted(DomainError):
    """The one who asks may see it but may not do this."""


class Invalid(DomainError):
    """The input breaks a rule; the facts name the place and the next step."""


class Conflict(DomainError):
    """The input is sound, but the state of things does not allow it now."""


class Limited(DomainError):
    """A quota or a bound was reached; the facts say which and when to come back."""


class Unavailable(DomainError):
    """Something we depend on does not answer; the only kind that a job may try again."""
