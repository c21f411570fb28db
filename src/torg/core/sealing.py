"""Secrets at rest: encrypted with the newest of our keys, opened with whichever fits."""

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class Unreadable(Exception):
    """None of the configured keys opens what is stored; nothing of the content is told."""


def seal(secret: str) -> bytes:
    """Encrypt with the newest of `CREDENTIAL_KEYS`."""
    return _box().encrypt(secret.encode())


def unseal(sealed: bytes | memoryview) -> str:
    """Decrypt with whichever key fits. Raises Unreadable."""
    try:
        return _box().decrypt(bytes(sealed)).decode()
    except InvalidToken:
        raise Unreadable("TORG_CREDENTIAL_KEYS does not hold the key that this was encrypted with.") from None


def _box() -> MultiFernet:
    return _box_of(tuple(settings.CREDENTIAL_KEYS))


@lru_cache(maxsize=4)
def _box_of(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured("Set TORG_CREDENTIAL_KEYS; see .env.example for how to make a key.")
    return MultiFernet([Fernet(key) for key in keys])
