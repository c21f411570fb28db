"""The public journal and access requests: what everyone may read, and how one asks to read more (offentleglova)."""
