"""Writes of the register: a load makes a snapshot, the index follows it. Only ``corpus.ingest`` calls these."""
