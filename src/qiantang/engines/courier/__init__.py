"""Letters of the house to other platforms: HTTP requests behind the fence."""
