"""Public ids: random, so that neither order nor number of anything can be read from them."""

from uuid import UUID, uuid4


def new() -> UUID:
    """A new random public id."""
    return uuid4()
