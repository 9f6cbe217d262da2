"""Writes: the key of the feed, the regular report."""
