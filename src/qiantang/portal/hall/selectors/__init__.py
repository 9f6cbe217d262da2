"""Reads of the hall, a module a subject."""
