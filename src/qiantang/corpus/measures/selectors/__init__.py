"""Counts over the register."""
