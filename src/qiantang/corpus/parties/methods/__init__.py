"""Names of parties as values: parts, kinds, likeness. No database, no clock."""
