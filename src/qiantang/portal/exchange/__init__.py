"""Exchange: what the house tells other platforms, signed and in order."""
