"""Envelopes, schemas and the simulators: pure."""
