"""Exports without files: which columns there are, how a row becomes a line of each format, what a file says of itself."""
