"""The verifier as one file: the sources of its modules, one after the other, without the imports among them."""

from __future__ import annotations

import ast
from functools import lru_cache
from inspect import getsource
from typing import TYPE_CHECKING

from qiantang.commons.evidence.methods.verifier import (
    anchors,
    command,
    packages,
    proving,
    reporting,
    signatures,
    stamps,
)
from qiantang.kernel import canonical, custody, merkle

if TYPE_CHECKING:
    from types import ModuleType

_MODULES = (canonical, custody, merkle, reporting, signatures, stamps, anchors, proving, packages, command)
_HEAD = '''#!/usr/bin/env python3
"""{doc}"""

from __future__ import annotations

{imports}
'''
_END = '\n\nif __name__ == "__main__":\n    raise SystemExit(main())\n'


@lru_cache(maxsize=1)
def single_file() -> str:
    """The text of ``verify.py``: Python's standard library alone."""
    imports: set[str] = set()
    bodies = [_body(module, imports) for module in _MODULES]
    doc = (command.__doc__ or "").strip() + "\n"
    return _HEAD.format(doc=doc, imports="\n".join(sorted(imports))) + "".join(bodies) + _END


def _body(module: ModuleType, imports: set[str]) -> str:
    """The source of a module without docstring and imports; those of the standard library are collected."""
    source = getsource(module)
    lines = source.splitlines(keepends=True)
    dropped: set[int] = set()
    for place, node in enumerate(ast.parse(source).body):
        heading = place == 0 and isinstance(node, ast.Expr)
        if not (heading or isinstance(node, ast.Import | ast.ImportFrom)):
            continue
        dropped.update(range(node.lineno - 1, node.end_lineno or node.lineno))
        if not heading and not _of_the_house(node):
            imports.add(ast.unparse(node))
    kept = "".join(line for place, line in enumerate(lines) if place not in dropped).strip("\n")
    title = module.__name__.rpartition(".")[2]
    return f"\n\n# --- {title} {'-' * (110 - len(title))}\n\n\n{kept}\n"


def _of_the_house(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("qiantang", "__future__"))
