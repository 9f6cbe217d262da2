"""What is computed from values."""
