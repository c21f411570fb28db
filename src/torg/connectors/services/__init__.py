"""Outside services that are neither channel nor archive."""
