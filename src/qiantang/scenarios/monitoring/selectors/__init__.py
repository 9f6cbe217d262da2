"""Reads: each page as a value. Numbers come from the registry of metrics, formulas from ``corpus.measures.methods``."""
