"""Pure parts: what a leaf, a checkpoint and a package are made of, and the verifier that needs nothing of the platform."""
