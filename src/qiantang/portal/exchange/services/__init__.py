"""Writes, a module a subject."""
