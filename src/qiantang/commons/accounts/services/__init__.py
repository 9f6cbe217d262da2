"""Writes: people and roles, signing in, tokens, quotas."""
