"""Reads: cases, their story, their clocks, who has an interest in them."""
