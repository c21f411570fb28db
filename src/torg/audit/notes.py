"""Checkpoints as signed notes (C2SP tlog-checkpoint, signed-note), so that anyone's tool can check them."""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"


class NoteProblem(Exception):
    """The text is no checkpoint, or nobody we trust has signed it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a checkpoint says: so many rows, with this root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The signed part."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Who can have signed: a name and an Ed25519 key, written `name+hash+key`."""

    name: str
    raw: bytes

    @classmethod
    def parse(cls, text: str) -> "PublicKey":
        """From its written form; raises NoteProblem."""
        try:
            name, fingerprint, key = text.strip().split("+", 2)
            raw = base64.b64decode(key, validate=True)
        except (ValueError, binascii.Error) as error:
            raise NoteProblem("a public key is written name+hash+key") from error
        found = cls(name, raw[1:])
        if raw[:1] != ED25519 or len(found.raw) != 32 or found.fingerprint.hex() != fingerprint:
            raise NoteProblem("the public key does not fit its own hash")
        return found

    @property
    def fingerprint(self) -> bytes:
        """Four bytes by which a signature names its key."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.raw).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.fingerprint.hex()}+{base64.b64encode(ED25519 + self.raw).decode()}"


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key with the name under which it signs."""

    name: str
    key: Ed25519PrivateKey

    @property
    def public(self) -> PublicKey:
        """What others check our signatures with."""
        return PublicKey(self.name, self.key.public_key().public_bytes_raw())

    def sign(self, statement: Statement) -> str:
        """The whole note."""
        text = statement.text()
        signature = base64.b64encode(self.public.fingerprint + self.key.sign(text.encode())).decode()
        return f"{text}\n— {self.name} {signature}\n"


def read(note: str, keys: list[PublicKey]) -> Statement:
    """What a note says, when one of the keys has signed it; raises NoteProblem."""
    text, _, signatures = note.partition("\n\n")
    text += "\n"
    statement = _statement(text)
    for line in signatures.splitlines():
        if any(_has_signed(key, line, text) for key in keys):
            return statement
    raise NoteProblem("none of the known keys has signed it")


def _statement(text: str) -> Statement:
    try:
        origin, size, root = text.splitlines()[:3]
        statement = Statement(origin, int(size), base64.b64decode(root, validate=True))
    except (ValueError, binascii.Error) as error:
        raise NoteProblem("it is not written as a checkpoint") from error
    if statement.text() != text:
        raise NoteProblem("it is not written as a checkpoint")
    return statement


def _has_signed(key: PublicKey, line: str, text: str) -> bool:
    try:
        dash, name, encoded = line.split(" ")
        signature = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error):
        return False
    if dash != "—" or name != key.name or signature[:4] != key.fingerprint:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(signature[4:], text.encode())
    except InvalidSignature:
        return False
    return True
