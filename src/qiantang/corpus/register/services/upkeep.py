"""The care of the register, for whoever operates it: compaction, pruning, pins, removal, export."""

from qiantang.corpus.register.selectors.dumps import dump_file, dump_folder, open_dumps
from qiantang.corpus.register.services.compaction import compact, pin, prune, unpin
from qiantang.corpus.register.services.coverage import remember_coverage
from qiantang.corpus.register.services.erasure import erase
from qiantang.corpus.register.services.export import export_register
from qiantang.corpus.register.services.open_data import hand_out_open_data
from qiantang.corpus.register.services.removals import removal_under, settle_removal

__all__ = [
    "compact",
    "dump_file",
    "dump_folder",
    "erase",
    "export_register",
    "hand_out_open_data",
    "open_dumps",
    "pin",
    "prune",
    "remember_coverage",
    "removal_under",
    "settle_removal",
    "unpin",
]
