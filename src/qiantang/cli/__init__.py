"""Floor 8. The command ``qiantang``: parses, calls an api, prints. Imports stand inside functions: light commands start fast."""
