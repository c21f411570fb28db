"""An archive core for tests: the Noark 5 service interface with the standard's rules, and faults on demand."""
