"""Writes of the measures: what is kept beside a snapshot."""
