"""What a verification says: a line a check, each with a code that stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]

OK = "OK"
HASH_MISMATCH = "HASH_MISMATCH"
TS_INVALID = "TS_INVALID"
TS_UNTRUSTED = "TS_UNTRUSTED"
PROOF_INVALID = "PROOF_INVALID"
STH_UNSIGNED = "STH_UNSIGNED"
CUSTODY_BROKEN = "CUSTODY_BROKEN"
REVOKED_CERT = "REVOKED_CERT"
EXPIRED_BUT_VALID_AT_TIME = "EXPIRED_BUT_VALID_AT_TIME"
ANCHOR_PENDING = "ANCHOR_PENDING"
ANCHOR_UNPROVED = "ANCHOR_UNPROVED"
ANCHOR_INVALID = "ANCHOR_INVALID"


class Broken(Exception):
    """A check that does not hold: its code and, in words, why."""

    def __init__(self, code: str, said: str) -> None:
        super().__init__(said)
        self.code, self.said = code, said


@dataclass(frozen=True, slots=True)
class Check:
    """One check. ``code`` is OK, or a remark on what holds, or what is wrong."""

    name: str
    passed: bool
    code: str
    detail: str


@dataclass(slots=True)
class Report:
    """All checks of one verification, in their order."""

    checks: list[Check] = field(default_factory=list)

    @property
    def valid(self) -> bool:
        return bool(self.checks) and all(one.passed for one in self.checks)

    @property
    def code(self) -> str:
        """What is wrong first; else the remark that weighs most, else OK."""
        wrong = [one.code for one in self.checks if not one.passed]
        remarks = [one.code for one in self.checks if one.code != OK]
        return (wrong or remarks or [OK])[0]

    def holds(self, name: str, detail: str = "", remark: str = OK) -> None:
        self.checks.append(Check(name, passed=True, code=remark, detail=detail))

    def fails(self, name: str, code: str, detail: str) -> None:
        self.checks.append(Check(name, passed=False, code=code, detail=detail))

    def tried(self, name: str, act: Callable[[], str]) -> bool:
        """Run one check and note what comes of it; what cannot be read proves nothing."""
        try:
            self.holds(name, act())
        except Broken as broken:
            self.fails(name, broken.code, broken.said)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError) as fault:
            self.fails(name, PROOF_INVALID, f"cannot be read: {type(fault).__name__} {fault}")
        return self.checks[-1].passed

    def told(self) -> Record:
        checks = [
            {"name": one.name, "passed": one.passed, "code": one.code, "detail": one.detail} for one in self.checks
        ]
        return {"valid": self.valid, "code": self.code, "checks": checks}
