"""Writes of documents, a module a subject."""
