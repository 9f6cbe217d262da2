"""Reads of the register: manifests, the view of one snapshot, records, coverage, search."""
