"""Writes: names learnt, parties merged, parted and linked. Every one is logged and can be undone."""
