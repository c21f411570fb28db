"""The public web site, stored ready-made."""
