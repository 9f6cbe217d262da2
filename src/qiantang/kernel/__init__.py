"""Floor 1. Pure Python: the standard library only, no I/O, no clock of its own."""
