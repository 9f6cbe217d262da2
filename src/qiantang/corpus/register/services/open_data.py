"""An export handed out as open data: a use of personal data in bulk, with a receipt beside the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from qiantang.commons.audit import api as audit
from qiantang.corpus.register.rules import OPEN_DATA
from qiantang.corpus.register.selectors.dumps import RECEIPT
from qiantang.corpus.register.services.export import export_register
from qiantang.disk import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from qiantang.corpus.register.selectors.view import Register
    from qiantang.corpus.register.services.export import Progress
    from qiantang.corpus.register.types import Exported
    from qiantang.kernel.actor import Actor


def hand_out_open_data(
    *,
    actor: Actor,
    register: Register,
    folder: Path,
    snapshot: int | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Export a snapshot and leave ``receipt.json`` beside the data package; errors: those of ``export_register``.

    actor       is not asked for a role: who reaches the command line reaches the files
    """
    done = export_register(register, folder, snapshot=snapshot, progress=progress)
    use = audit.use_data(
        actor=actor,
        purpose=OPEN_DATA.code,
        for_whom="the public",
        scope=f"snapshot:{done.snapshot}",
        counts={one.name: one.rows for one in done.files},
        snapshot=done.snapshot,
    )
    write_atomically(folder / RECEIPT, orjson.dumps(audit.receipt(actor, use), option=orjson.OPT_INDENT_2))
    return done
