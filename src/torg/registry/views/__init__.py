"""Pages about what we run, and the applications to run more."""
