"""Algorithms of the journal: values in, values out."""
