"""The business register behind a port: what it says of a firm, and what is held against it."""
