"""Writes: tables of other bodies, and figures that were published."""
