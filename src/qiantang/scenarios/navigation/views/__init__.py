"""Pages of navigation."""
