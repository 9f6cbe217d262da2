"""Reads: what lies sealed for an owner, and who read it."""
