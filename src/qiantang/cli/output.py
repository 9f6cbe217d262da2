"""How the command speaks: JSON on stdout, sentences on stderr."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qiantang.kernel.errors import DomainError


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | set | frozenset):
        return list(value)
    return str(value)


def print_json(told: object) -> None:
    print(json.dumps(told, ensure_ascii=False, indent=2, default=_plain))


def print_error(error: DomainError, *, as_json: bool) -> None:
    """One sentence for people; with ``--json`` also ``{"error": …}`` on stdout."""
    if as_json:
        facts = {key: value for key, value in error.facts.items() if key != "code"}
        print_json({"error": {"code": error.code, **facts}})
    facts_told = "; ".join(f"{key}: {value}" for key, value in error.facts.items())
    print(f"qiantang: {error.code}" + (f" ({facts_told})" if facts_told else ""), file=sys.stderr)


def tell(sentence: str) -> None:
    """A message for people."""
    print(sentence, file=sys.stderr)
