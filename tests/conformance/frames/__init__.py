"""The seventeen questions of the analytical engine: one expression each, and the same in plain Python."""
