"""Invented rows for the page that shows every component."""


def samples() -> dict[str, object]:
    """What the page of components is filled with."""
    return {}
