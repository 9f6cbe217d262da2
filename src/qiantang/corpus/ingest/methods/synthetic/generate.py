"""Writes the demo city: source files as a platform would receive them, and the ground truth beside them."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from qiantang.corpus.ingest.methods.synthetic.arrow import pa
from qiantang.corpus.ingest.methods.synthetic.city import build_city
from qiantang.corpus.ingest.methods.synthetic.form import Header, file_name
from qiantang.corpus.ingest.methods.synthetic.tables import Tables
from qiantang.corpus.ingest.methods.synthetic.truth import PartFile, Truth, write_truth
from qiantang.kernel.errors import Invalid

DEFAULT_PATENTS, DEFAULT_SEED = 100_000, 20210415
_BATCH = 5_000
_PART = 25_000
_SMALLEST, _LARGEST = 100, 2_000_000


def generate(
    folder: Path,
    *,
    patents: int = DEFAULT_PATENTS,
    seed: int = DEFAULT_SEED,
    parts: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Truth:
    """Write a city of so many patents into a folder, which is made if need be.

    patents     100 to 2,000,000 (above that the serials that no office issues run out)
    seed        0 to 2**63 - 1: same seed and size, same statements; with one release of Arrow the same bytes
    parts       source files, rows spread evenly; None: one for 25,000 patents. Statements do not depend on it
    progress    called with patents written and patents in all
    errors      Invalid ``ingest.synthetic_size``: a size out of bounds, or more parts than patents
    """
    count = parts or -(-patents // _PART)
    if not _SMALLEST <= patents <= _LARGEST or not 1 <= count <= patents:
        raise Invalid("ingest.synthetic_size", patents=patents, parts=count, smallest=_SMALLEST, largest=_LARGEST)
    folder.mkdir(parents=True, exist_ok=True)
    city = build_city(seed, patents)
    tables = Tables(city, seed)
    bounds = [patents * part // count for part in range(count + 1)]
    written: list[PartFile] = []
    for part in range(count):
        start, stop = bounds[part], bounds[part + 1]
        header = Header(seed, patents, part, count, stop - start)
        written.append(_write_part(folder, tables, header, (start, stop), progress))
    return write_truth(folder, city, tables, seed, tuple(written))


def _write_part(
    folder: Path, tables: Tables, header: Header, span: tuple[int, int], progress: Callable[[int, int], None] | None
) -> PartFile:
    path = folder / file_name(header.part)
    schema = header.schema()
    options = pa.ipc.IpcWriteOptions(compression="zstd", use_threads=False)
    start, stop = span
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_stream(sink, schema, options=options) as writer:
        for first in range(start, stop, _BATCH):
            last = min(first + _BATCH, stop)
            writer.write_batch(tables.batch(first, last, first - start + 1).replace_schema_metadata(schema.metadata))
            if progress:
                progress(last, header.patents)
    content = path.read_bytes()
    return PartFile(path.name, header.rows, len(content), sha256(content).hexdigest())
