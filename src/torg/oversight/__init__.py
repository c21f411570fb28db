"""Duties measured from what really happened, watch rounds, who has access to what, and secret groups."""
