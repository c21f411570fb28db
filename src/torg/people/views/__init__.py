"""Pages on persons, roles, hours, duty and signing in."""
