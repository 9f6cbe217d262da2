"""Loading: files to the register, by command at once or by job with progress."""
