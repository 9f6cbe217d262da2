"""Reads of documents, a module a subject."""
