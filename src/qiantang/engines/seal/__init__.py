"""The seal engine: electronic seals on documents (PAdES). Known by its port."""
