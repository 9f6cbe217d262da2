"""Pure parts of the search desk."""
