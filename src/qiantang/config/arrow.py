"""Arrow without pandas.

pandas comes with the library of analytical expressions, and Arrow imports it the first time it makes an array, wherever
it is installed. Nothing here hands Arrow a table of pandas, and a second at every start would be the price.
"""

from __future__ import annotations

import sys

import pyarrow as pa


class _NoPandas:
    """A finder that says of pandas that it is not installed, and knows nothing else."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:  # noqa: ARG004 - Python's signature
        if name == "pandas":
            raise ModuleNotFoundError(name)


def leave_pandas_out() -> None:
    """Let Arrow look for pandas once, in vain; whoever asks for ``to_pandas`` gets it all the same."""
    if "pandas" in sys.modules:
        return
    sys.meta_path.insert(0, _NoPandas)
    try:
        pa.array(["looked for once"])
    finally:
        sys.meta_path.remove(_NoPandas)
