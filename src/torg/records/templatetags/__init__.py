"""Tags of the records' templates."""
