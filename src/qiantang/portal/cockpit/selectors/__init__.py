"""Reads: the screen and the feed, both from the panels and metrics that the pages show."""
