"""The archivist's pages of the public journal and of access requests."""
