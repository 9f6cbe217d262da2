"""Writes of evidence, a module a subject."""
