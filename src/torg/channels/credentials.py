"""What we hold of a platform's keys: encrypted at rest, absent from every printed form."""

import json
from dataclasses import asdict, dataclass, field

from torg.core import sealing
from torg.core.sealing import Unreadable

__all__ = ["Credentials", "Unreadable", "reseal", "seal", "unseal"]


@dataclass(frozen=True, slots=True)
class Credentials:
    """The secrets of one connection."""

    token: str = field(default="", repr=False)
    app_secret: str = field(default="", repr=False)
    verify_token: str = field(default="", repr=False)


def seal(credentials: Credentials) -> bytes:
    """Encrypt with the newest of `CREDENTIAL_KEYS`."""
    return sealing.seal(json.dumps(asdict(credentials)))


def unseal(sealed: bytes | memoryview) -> Credentials:
    """Decrypt with whichever key fits; empty stays empty. Raises Unreadable."""
    return Credentials(**json.loads(sealing.unseal(sealed))) if sealed else Credentials()


def reseal(sealed: bytes | memoryview) -> bytes:
    """The same content under the newest key. Raises Unreadable."""
    return seal(unseal(sealed)) if sealed else b""
