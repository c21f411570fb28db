"""The staff's screens: each view is one query and one template."""
