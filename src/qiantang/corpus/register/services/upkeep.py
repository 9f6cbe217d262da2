"""The care of the register, for whoever operates it: compaction, pruning, pins, removal, export."""

from qiantang.corpus.register.services.compaction import compact, pin, prune, unpin
from qiantang.corpus.register.services.erasure import erase
from qiantang.corpus.register.services.export import export_register

__all__ = ["compact", "erase", "export_register", "pin", "prune", "unpin"]
