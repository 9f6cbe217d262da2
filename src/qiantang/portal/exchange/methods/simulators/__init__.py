"""Small servers that behave as the other platforms do, for development, demonstration and contract tests."""
