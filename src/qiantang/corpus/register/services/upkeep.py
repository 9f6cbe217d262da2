"""The care of the register, for whoever operates it: compaction, pruning, pins."""

from qiantang.corpus.register.services.compaction import compact, pin, prune, unpin

__all__ = ["compact", "pin", "prune", "unpin"]
