"""Pages of the public site that Django answers: publishing it, the journal's search, and access requests."""
