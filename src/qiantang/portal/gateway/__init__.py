"""The open API: every room's routes under one roof, guarded, counted and documented."""
