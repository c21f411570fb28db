"""Findings: what the detectors saw in an item, ranked and explained."""
