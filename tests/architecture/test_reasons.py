"""Every exception from a rule says why, in words, on its line or on the one above: noqa, type: ignore, a broad except."""

from __future__ import annotations

import ast
import io
import re
import tokenize

import pytest

from tests.architecture.house import python_files, shown

CODES = r"(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[\w, -]*\])?"
EXCEPTION = re.compile(rf"#\s*(?:ruff:\s*)?(?:noqa|type:\s*ignore){CODES}")
WORD = re.compile(r"[^\W\d_]{2}|[A-Za-z]{2}")
BROAD = {"Exception", "BaseException"}
LIKELY = re.compile(r"noqa|type:\s*ignore|except\b[^\n]*Exception|except\s*:")  # the others need not be taken apart


def comments(text: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {token.start[0]: token.string for token in tokens if token.type == tokenize.COMMENT}


def is_broad(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    return any(isinstance(node, ast.Name) and node.id in BROAD for node in ast.walk(handler.type))


def without_reason(text: str) -> list[int]:
    """Lines with an exception that nobody explains."""
    if not LIKELY.search(text):
        return []
    said, lines = comments(text), text.splitlines()
    excepted = {line for line, comment in said.items() if EXCEPTION.search(comment)}
    excepted |= {
        node.lineno for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ExceptHandler) and is_broad(node)
    }

    def explained(line: int) -> bool:
        own = WORD.search(EXCEPTION.sub("", said.get(line, "")))
        above = line > 1 and lines[line - 2].lstrip().startswith("#")
        return bool(own or above)

    return sorted(line for line in excepted if not explained(line))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a = 1  # noqa: S105\n", [1]),
        ("a = 1  # type: ignore[assignment]\n", [1]),
        ("# ruff: noqa: S608\n", [1]),
        ("try:\n    a = 1\nexcept Exception:\n    a = 2\n", [3]),
        ("try:\n    a = 1\nexcept (OSError, BaseException):\n    a = 2\n", [3]),
        ("a = 1  # noqa: S105 - printed at every start\n", []),
        ("a = 1  # type: ignore[assignment] # 类型桩没有它\n", []),
        ("# the library has no types\na = 1  # type: ignore[assignment]\n", []),
        ("try:\n    a = 1\nexcept OSError:\n    a = 2\n", []),
        ("try:\n    a = 1\nexcept Exception:  # whatever it was\n    a = 2\n", []),
        ('a = "# noqa: S105"\n', []),
    ],
)
def test_the_search_finds_what_nobody_explains(text: str, found: list[int]) -> None:
    assert without_reason(text) == found


def test_every_exception_says_why() -> None:
    found = [f"{shown(path)}:{line}" for path in python_files() for line in without_reason(path.read_text("utf-8"))]
    assert found == []
