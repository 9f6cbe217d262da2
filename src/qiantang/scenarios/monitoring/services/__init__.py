"""Writes: what the rules found."""
