"""Reads of protection, a module a subject."""
