"""When much is at stake at once: one switch, one statement everywhere, one list of questions, and a log of it all."""
