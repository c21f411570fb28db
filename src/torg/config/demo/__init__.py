"""The demonstration: an invented municipality, made by the same commands as a real one, on a moved clock."""
