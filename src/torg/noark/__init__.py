"""Noark 5, the Norwegian standard of records: what it says, written and read without Django."""
