"""A message signed and encrypted for a Fiks IO gateway: the container, and a file with the headers to send it by.

The gateway, not we, speaks to Fiks IO: it sends by REST with a Maskinporten token, receives by AMQP, and acknowledges
there. Here ends what is ours: a folder with `headers.json` and the payload as Fiks IO wants it.
"""

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.x509 import Certificate

from torg.connectors.archives.fiks_arkiv import asice, envelope
from torg.connectors.archives.fiks_arkiv.asice import Signer
from torg.connectors.archives.fiks_arkiv.manifest import answered
from torg.connectors.archives.fiks_arkiv.messages import Incoming, Outgoing, Unreadable

HEADERS = "headers.json"
PAYLOAD = "payload.asice.p7m"
_MOST_BYTES = 10_000_000
_DAYS_TO_LIVE = 2
_MILLISECONDS_A_DAY = 24 * 3600 * 1000
_KEPT_IN_MEMORY = 8_000_000


@dataclass(frozen=True, slots=True)
class Parties:
    """Our account at Fiks IO and the archive's, with the keys: ours to sign and open with, theirs to seal to."""

    sender_account: UUID
    receiver_account: UUID
    signer: Signer
    receiver: Certificate


class Sealed:
    """One folder a message, with its headers and the encrypted container."""

    suffix = ""

    def __init__(self, parties: Parties) -> None:
        self._parties = parties

    def pack(self, message: Outgoing, place: Path) -> None:
        """Sign, encrypt and write."""
        place.mkdir()
        with tempfile.SpooledTemporaryFile(max_size=_KEPT_IN_MEMORY) as container:
            asice.write(message, container, signer=self._parties.signer)
            size = container.tell()
            container.seek(0)
            with (place / PAYLOAD).open("xb") as target:
                envelope.seal(container, size, target, receiver=self._parties.receiver)
        (place / HEADERS).write_text(json.dumps(self._headers(message), indent=2) + "\n", encoding="utf-8")

    def unpack(self, place: Path) -> Incoming:
        """Open an answer: headers first, then the container where there is one."""
        try:
            told = json.loads((place / HEADERS).read_text(encoding="utf-8"))
            type, answers = str(told["type"]), answered(told)
        except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise Unreadable("the answer has no headers that can be read") from error
        return Incoming(place.name, type, answers, self._payload(place / PAYLOAD))

    def _payload(self, place: Path) -> bytes | None:
        if not place.is_file():
            return None
        if place.stat().st_size > _MOST_BYTES:
            raise Unreadable("the answer is longer than we take")
        files = asice.read(envelope.unseal(place.read_bytes(), key=self._parties.signer.key))
        if len(files) != 1:
            raise Unreadable("the answer has another number of files than one")
        return next(iter(files.values()))

    def _headers(self, message: Outgoing) -> dict[str, str | int]:
        # `melding-id` is given by Fiks IO when it takes the message, so it stands in answers only.
        return {
            "type": message.type,
            "avsender-id": str(self._parties.sender_account),
            "mottaker-id": str(self._parties.receiver_account),
            "klientMeldingId": str(message.id),
            "klientKorrelasjonsId": str(message.id),
            "ttl": _DAYS_TO_LIVE * _MILLISECONDS_A_DAY,
            "payload": PAYLOAD,
        }
