"""The archivist's pages."""
