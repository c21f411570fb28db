"""The one place that draws by chance."""

import random
import secrets


def seed() -> int:
    """A fresh seed, to be written into the audit event so that a draw can be repeated."""
    return secrets.randbits(63)


def generator(seed: int) -> random.Random:
    """A repeatable generator for sampling."""
    return random.Random(seed)
