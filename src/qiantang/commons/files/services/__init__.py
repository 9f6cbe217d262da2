"""Writes: the vault of confidential objects."""
