"""Reference data with validity dates and sources."""
