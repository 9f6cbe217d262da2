"""A module, a function, a template that cannot be seen whole is not understood whole."""

from __future__ import annotations

import ast

from tests.architecture.house import definitions, project_files, python_files, shown

MODULE_LINES = 400
FUNCTION_LINES = 40
TEMPLATE_LINES = 150


def lines_of(text: str) -> int:
    return text.count("\n") + (not text.endswith("\n"))


def test_modules() -> None:
    sizes = {shown(path): lines_of(path.read_text(encoding="utf-8")) for path in python_files()}
    assert {name: lines for name, lines in sizes.items() if lines > MODULE_LINES} == {}


def test_functions() -> None:
    """From ``def`` to the last line; decorators do not count, docstrings do."""
    long = {}
    for path in python_files():
        for node in definitions(path):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    long[f"{shown(path)}:{node.lineno} {node.name}"] = lines
    assert long == {}


def test_templates() -> None:
    templates = [path for path in project_files() if path.suffix == ".html" and "templates" in path.parts]
    sizes = {shown(path): lines_of(path.read_text(encoding="utf-8")) for path in templates}
    assert {name: lines for name, lines in sizes.items() if lines > TEMPLATE_LINES} == {}
