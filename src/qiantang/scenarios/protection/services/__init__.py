"""Writes: one verb each. ``steps.step_taken`` is the only place from which cases of this room advance."""
