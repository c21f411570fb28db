"""Keys and certificates of two parties, made once a run; small ones, for they protect nothing."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from torg.connectors.archives.fiks_arkiv.asice import Signer
from torg.connectors.archives.fiks_arkiv.sealed import Parties


@cache
def party(name: str) -> Signer:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = builder.serial_number(4711).not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
    builder = builder.not_valid_after(datetime(2099, 1, 1, tzinfo=UTC))
    return Signer(builder.sign(key, hashes.SHA256()), key)


def parties() -> Parties:
    return Parties(UUID(int=1), UUID(int=2), party("Eksempelby kommune"), party("Arkivet").certificate)


def write_archives_keys(folder: Path) -> Path:
    """The archive's side, for the `openssl` program."""
    pem, own = serialization.Encoding.PEM, party("Arkivet")
    plain = own.key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "own.key").write_bytes(plain)
    (folder / "own.crt").write_bytes(own.certificate.public_bytes(pem))
    (folder / "theirs.crt").write_bytes(party("Eksempelby kommune").certificate.public_bytes(pem))
    return folder
