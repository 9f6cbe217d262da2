"""Reads of notices, a module a subject."""
