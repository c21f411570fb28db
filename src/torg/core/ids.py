"""Public ids: random, so that neither order nor number of anything can be read from them."""

import os
from collections.abc import Iterator
from uuid import UUID, uuid4


def new() -> UUID:
    """A new random public id."""
    return uuid4()


def several(count: int) -> Iterator[UUID]:
    """`count` new public ids from one read of the system's randomness, for rows written in bulk."""
    drawn = os.urandom(16 * count)
    return (UUID(bytes=drawn[start : start + 16], version=4) for start in range(0, len(drawn), 16))
