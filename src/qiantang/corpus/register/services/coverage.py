"""What the coverage page tells of fields is counted once a snapshot, in the background, and kept beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from qiantang.corpus.register.selectors.coverage import count_filled, kept_filled
from qiantang.disk import write_atomically

if TYPE_CHECKING:
    from qiantang.corpus.register.selectors.view import Register


def remember_coverage(register: Register) -> bool:
    """Count the fields of the newest snapshot where that was not done; whether it was to be done.

    The manifest may name other layers by the time it is kept: then it does not fit, and is counted again when asked for.
    """
    manifest = register.manifest()
    if manifest is None or kept_filled(register.place, manifest.snapshot, manifest.layers) is not None:
        return False
    told = {"layers": manifest.layers, "filled": count_filled(manifest.snapshot)}
    write_atomically(register.place.filled_path(manifest.snapshot), orjson.dumps(told))
    return True
