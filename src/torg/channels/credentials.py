"""What we hold of a platform's keys: encrypted at rest, absent from every printed form."""

import json
from dataclasses import asdict, dataclass, field
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class Credentials:
    """The secrets of one connection."""

    token: str = field(default="", repr=False)
    app_secret: str = field(default="", repr=False)
    verify_token: str = field(default="", repr=False)


class Unreadable(Exception):
    """None of the configured keys opens what is stored; nothing of the content is told."""


def seal(credentials: Credentials) -> bytes:
    """Encrypt with the newest of `CREDENTIAL_KEYS`."""
    return _box().encrypt(json.dumps(asdict(credentials)).encode())


def unseal(sealed: bytes | memoryview) -> Credentials:
    """Decrypt with whichever key fits; empty stays empty. Raises Unreadable."""
    if not sealed:
        return Credentials()
    try:
        return Credentials(**json.loads(_box().decrypt(bytes(sealed))))
    except InvalidToken:
        raise Unreadable("TORG_CREDENTIAL_KEYS does not hold the key that these were encrypted with.") from None


def reseal(sealed: bytes | memoryview) -> bytes:
    """The same content under the newest key. Raises Unreadable."""
    return seal(unseal(sealed)) if sealed else b""


def _box() -> MultiFernet:
    return _box_of(tuple(settings.CREDENTIAL_KEYS))


@lru_cache(maxsize=4)
def _box_of(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured("Set TORG_CREDENTIAL_KEYS; `torg key` makes one.")
    return MultiFernet([Fernet(key) for key in keys])
