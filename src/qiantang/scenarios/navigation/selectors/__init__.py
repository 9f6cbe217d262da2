"""Reads. The first argument is always who asks."""
