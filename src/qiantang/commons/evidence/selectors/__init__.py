"""Reads of evidence, a module a subject."""
