"""Reads: people and who asks, tokens, what a person agreed to."""
