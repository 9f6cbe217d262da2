"""Writes: one verb each, the actor first."""
