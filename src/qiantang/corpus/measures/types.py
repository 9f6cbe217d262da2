"""Words and values of the measures."""
