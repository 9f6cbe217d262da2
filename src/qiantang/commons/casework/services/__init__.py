"""Writes: one verb each. ``stepping.advance`` writes a case's state, and at a merge ``joining.merge_cases``; nothing else does."""
