"""Writes of notices, a module a subject."""
