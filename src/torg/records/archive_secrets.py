"""What we hold of an archive's keys: encrypted at rest, absent from every printed form."""

import json
from dataclasses import asdict, dataclass, field

from torg.core import sealing


@dataclass(frozen=True, slots=True)
class ArchiveSecrets:
    """Name and password, client id and secret, or our private key with both certificates (PEM)."""

    username: str = ""
    password: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    private_key: str = field(default="", repr=False)
    certificate: str = field(default="", repr=False)
    receiver_certificate: str = field(default="", repr=False)


def seal(secrets: ArchiveSecrets) -> bytes:
    """Encrypt with the newest of `CREDENTIAL_KEYS`."""
    return sealing.seal(json.dumps(asdict(secrets)))


def unseal(sealed: bytes | memoryview) -> ArchiveSecrets:
    """Decrypt with whichever key fits; empty stays empty. Raises `sealing.Unreadable`."""
    return ArchiveSecrets(**json.loads(sealing.unseal(sealed))) if sealed else ArchiveSecrets()
