"""Indicators to SQL text, once: compiled at first use, remembered in the process and kept beside the data for the next.

A kept text belongs to one state of the code (names, sizes and times of all modules) and one version of Ibis; it spares a
process the import of Ibis, about a second. Parameters stay parameters (``$name``, ``:name``): one text serves all values.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from threading import RLock
from types import SimpleNamespace
from typing import Any, Final

import pyarrow as pa

import qiantang
from qiantang.engines.lake.port import Indicator

_COMPILERS: Final[Mapping[str, str]] = {"duckdb": "DuckDBCompiler", "pyspark": "PySparkCompiler"}


@dataclass(frozen=True, slots=True)
class Text:
    """A compiled indicator: SQL, the names of the parameters that stand in it, the columns of the answer."""

    sql: str
    parameters: tuple[str, ...]
    schema: pa.Schema


class Texts:
    """The texts of one dialect. ``place`` is the folder in which they are kept; None: they live as long as the process."""

    def __init__(self, dialect: str, schemas: Mapping[str, pa.Schema], place: Path | None = None) -> None:
        self._dialect, self._schemas, self._place = dialect, dict(schemas), place
        self._known: dict[Indicator, Text] = {}
        self._lock = RLock()

    def of(self, indicator: Indicator) -> Text:
        known = self._known.get(indicator)
        if known is None:
            with self._lock:
                known = self._known.get(indicator) or self._kept(indicator)
                self._known[indicator] = known
        return known

    def _kept(self, indicator: Indicator) -> Text:
        if self._place is None:
            return compiled(indicator, self._dialect, self._schemas)
        told = repr((code_stamp(), _ibis_version(), sorted(map(repr, self._schemas.items()))))
        path = self._place / "texts" / f"{indicator.name}.{self._dialect}.json"
        stamp = sha256(told.encode()).hexdigest()
        try:
            kept = json.loads(path.read_bytes())
            if kept["stamp"] == stamp:
                schema = pa.ipc.read_schema(pa.py_buffer(bytes.fromhex(kept["schema"])))
                return Text(kept["sql"], tuple(kept["parameters"]), schema)
        except (OSError, ValueError, KeyError, pa.ArrowException):
            pass  # none is kept, or a broken one
        text = compiled(indicator, self._dialect, self._schemas)
        told_text = {"stamp": stamp, "sql": text.sql, "parameters": text.parameters}
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}.tmp")
        beside.write_text(json.dumps({**told_text, "schema": text.schema.serialize().to_pybytes().hex()}), "utf-8")
        beside.replace(path)
        return text


@cache
def _ibis_version() -> str:
    return version("ibis-framework")


@cache
def code_stamp() -> str:
    """Another one whenever a module of the platform is another: an expression may be built by any of them."""
    root = Path(qiantang.__file__).parent
    told = sha256()
    for folder, _, names in sorted(os.walk(root)):
        for name in sorted(names):
            if name.endswith(".py"):
                state = (Path(folder) / name).stat()
                told.update(f"{folder}/{name}:{state.st_size}:{state.st_mtime_ns}\n".encode())
    return told.hexdigest()


def compiled(indicator: Indicator, dialect: str, schemas: Mapping[str, pa.Schema]) -> Text:
    """The text of an indicator over tables of these schemas and those it is given."""
    import ibis  # noqa: PLC0415 a second, and only where a text is not kept

    parameter, compilers = _open_parameters()
    tables = {name: _table(ibis, name, schema) for name, schema in {**schemas, **indicator.given}.items()}
    scalars = {name: parameter(name, ibis.dtype(kind)).to_expr() for name, kind in indicator.parameters.items()}
    asked = indicator.build(SimpleNamespace(**tables), SimpleNamespace(**scalars))
    compiler = compilers[dialect]()
    sql = compiler.to_sqlglot(asked).sql(dialect=compiler.dialect)
    used = sorted({node.label for node in asked.op().find(parameter)})
    return Text(sql, tuple(used), asked.schema().to_pyarrow())


@cache
def _open_parameters() -> tuple[Any, Mapping[str, Any]]:
    """A scalar that stays open in the text under its name, and the compilers that write it so.

    Ibis has parameters too, and puts their values into the text.
    """
    from ibis.backends.sql import compilers  # noqa: PLC0415 - loaded when asked for, or every start would pay
    from ibis.expr import datashape, datatypes, operations  # noqa: PLC0415 - loaded when asked for, or every start would pay
    from sqlglot import expressions  # noqa: PLC0415 - loaded when asked for, or every start would pay

    # Made by hand, since Ibis reads annotations, which are texts in this module.
    shown = {"label": str, "dtype": datatypes.DataType}
    members = {"__annotations__": shown, "__module__": __name__, "shape": datashape.scalar}
    parameter = type("OpenParameter", (operations.Value,), members)

    def visit(self: Any, _: Any, *, label: str, dtype: Any) -> Any:
        return self.cast(expressions.Placeholder(this=label), dtype)

    def made_of(base: Any) -> Any:
        def part_of_text(self: Any, op: Any, *, arg: Any, start: Any, length: Any) -> Any:
            """Plain where it begins at a known place: Ibis writes a CASE over the length of each text, which costs a
            question a sixth of its time.
            """
            known = isinstance(op.start, operations.Literal) and op.start.value >= 0
            if not known or not isinstance(op.length, operations.Literal) or op.length.value < 0:
                return base.visit_Substring(self, op, arg=arg, start=start, length=length)
            return self.f.substring(arg, op.start.value + 1, length)

        return type(base.__name__, (base,), {"visit_OpenParameter": visit, "visit_Substring": part_of_text})

    _set_spark_option()
    made = {dialect: made_of(getattr(compilers, name)) for dialect, name in _COMPILERS.items()}
    return parameter, made


def _set_spark_option() -> None:
    """What Ibis sets with its own connection to Spark, which we do not use: whether NaN becomes null. We have none."""
    from ibis.config import Config, options  # noqa: PLC0415 - loaded when asked for, or every start would pay

    if options.pyspark is None:
        members = {"__annotations__": {"treat_nan_as_null": bool}, "__module__": __name__, "treat_nan_as_null": False}
        options.pyspark = type("SparkOptions", (Config,), members)()


def _table(ibis: Any, name: str, schema: pa.Schema) -> Any:
    return ibis.table(ibis.Schema.from_pyarrow(schema), name=name)
