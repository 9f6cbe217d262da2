"""Arrow without pandas.

pandas comes with the library of analytical expressions, and Arrow imports it the first time it makes an array, wherever
it is installed. Nothing here hands Arrow a table of pandas, and a second at every start would be the price. Arrow itself
is half a second: it is not imported for this, but looked after when somebody imports it.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec


class _NoPandas:
    """A finder that says of pandas that it is not installed, and knows nothing else."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:  # noqa: ARG004 - Python's signature
        if name == "pandas":
            raise ModuleNotFoundError(name)


class _WhenArrowComes:
    """A finder that waits for the first import of Arrow, and steps aside then."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG004 - as above
        if name != "pyarrow":
            return None
        sys.meta_path.remove(_WhenArrowComes)
        found = find_spec(name)
        if found is None or found.loader is None:
            return found
        run = found.loader.exec_module

        def run_and_look(module: ModuleType) -> None:
            run(module)
            _look_in_vain(module)

        vars(found.loader)["exec_module"] = run_and_look  # of this one loader
        return found


def _look_in_vain(arrow: ModuleType) -> None:
    sys.meta_path.insert(0, _NoPandas)
    try:
        arrow.array(["looked for once"])
    finally:
        sys.meta_path.remove(_NoPandas)


def leave_pandas_out() -> None:
    """Let Arrow look for pandas once, in vain; whoever asks for ``to_pandas`` gets it all the same."""
    if "pandas" in sys.modules or _WhenArrowComes in sys.meta_path:
        return
    if "pyarrow" in sys.modules:
        _look_in_vain(sys.modules["pyarrow"])
    else:
        sys.meta_path.insert(0, _WhenArrowComes)
