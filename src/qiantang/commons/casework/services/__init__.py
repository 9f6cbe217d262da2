"""Writes: one verb each. ``stepping.advance`` is the only writer of a case's state."""
