"""Writes of the search desk, a module a subject."""
