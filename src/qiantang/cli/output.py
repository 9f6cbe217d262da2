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
    """What was refused and what to do, then the code with its facts; with ``--json`` also ``{"error": …}`` on stdout."""
    from qiantang.cli.refusals import words

    sentence, next_step = words(error)
    if as_json:
        facts = {key: value for key, value in error.facts.items() if key != "code"}
        print_json({"error": {"code": error.code, "sentence": sentence, "next_step": next_step, **facts}})
    facts_told = "; ".join(f"{key}: {value}" for key, value in error.facts.items())
    code = error.code + (f" ({facts_told})" if facts_told else "")
    if not sentence:
        print(f"qiantang: {code}", file=sys.stderr)
        return
    print(f"qiantang: {sentence}\n  {next_step}\n  {code}", file=sys.stderr)


def tell(sentence: str) -> None:
    """A message for people."""
    print(sentence, file=sys.stderr)
