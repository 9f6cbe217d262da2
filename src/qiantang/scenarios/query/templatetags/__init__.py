"""Template tags of the search desk."""
