"""Arrow, called as it is. Its type stubs know neither NumPy arrays as input nor texts among columns, so it goes unchecked
here; the names say what a function takes and gives.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

pa: Any = import_module("pyarrow")
pc: Any = import_module("pyarrow.compute")

Column = Any
Chunks = Any
Batch = Any
Table = Any
Schema = Any
