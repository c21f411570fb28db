"""Noark 5 written: the deposit package, messages to an archive core, and what the public portal is sent."""
