"""Triage's own pages and acts."""
