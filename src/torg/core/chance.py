"""The one place that draws by chance."""

import random
import secrets


def seed() -> int:
    """A fresh seed, to be written into the audit event so that a draw can be repeated."""
    return secrets.randbits(63)


def generator(seed: int) -> random.Random:
    """A repeatable generator for sampling."""
    return random.Random(seed)


def salt() -> bytes:
    """32 bytes nobody can guess, so that what is committed to cannot be found by trying."""
    return secrets.token_bytes(32)


def secret() -> str:
    """A long word that nobody can guess: for tokens and for signing."""
    return secrets.token_urlsafe(32)
