"""Floor 7. What binds the house together: settings, addresses, middleware."""
