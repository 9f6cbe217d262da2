"""The notary engine: digests, and trusted timestamps (RFC 3161). Known by its port."""
