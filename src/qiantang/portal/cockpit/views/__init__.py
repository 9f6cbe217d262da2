"""The screen, and the feed for programs."""
