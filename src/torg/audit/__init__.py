"""The append-only log: record, seal, verify, present."""
