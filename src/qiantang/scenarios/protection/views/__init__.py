"""Views of protection, a module a subject."""
