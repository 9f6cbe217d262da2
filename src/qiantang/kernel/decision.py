"""A permission decision that knows its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something may be done and, where not, why. ``bool(decision)`` is the answer.

    code    empty where allowed; else the stable code of the reason
    """

    allowed: bool
    code: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    @classmethod
    def allow(cls) -> Decision:
        return cls(allowed=True)

    @classmethod
    def refuse(cls, code: str) -> Decision:
        return cls(allowed=False, code=code)
