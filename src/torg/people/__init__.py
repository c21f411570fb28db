"""Persons, units, scopes, dated roles and stand-ins, calendars, sign-in."""
