"""Encryption to the receiver as Fiks does it: CMS EnvelopedData, AES-256-CBC, the key by RSAES-OAEP with SHA-256."""

import os
from typing import IO

from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.asymmetric import padding as rsa_padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.x509 import Certificate

from torg.connectors.archives.fiks_arkiv import der
from torg.connectors.archives.fiks_arkiv.messages import Unreadable
from torg.connectors.contract import Refused

_ENVELOPED, _DATA = der.oid("1.2.840.113549.1.7.3"), der.oid("1.2.840.113549.1.7.1")
_AES_256_CBC = der.oid("2.16.840.1.101.3.4.1.42")
_SHA256 = der.encode(der.SEQUENCE, der.oid("2.16.840.1.101.3.4.2.1"), der.encode(der.NULL))
_MGF1_SHA256 = der.encode(der.SEQUENCE, der.oid("1.2.840.113549.1.1.8"), _SHA256)
_OAEP_SHA256 = der.encode(
    der.SEQUENCE,
    der.oid("1.2.840.113549.1.1.7"),
    der.encode(der.SEQUENCE, der.encode(0xA0, _SHA256), der.encode(0xA1, _MGF1_SHA256)),
)
_BLOCK = 16
_CHUNK = 1 << 20


def seal(source: IO[bytes], size: int, target: IO[bytes], *, receiver: Certificate) -> None:
    """Encrypt `size` bytes of the source to the target in one pass; raises Refused for a key that is not RSA."""
    public_key = receiver.public_key()
    if not isinstance(public_key, RSAPublicKey):
        raise Refused("The archive's certificate holds no RSA key.")
    key, start = os.urandom(32), os.urandom(_BLOCK)
    recipient = _recipient(receiver, public_key.encrypt(key, _oaep()))
    algorithm = der.encode(der.SEQUENCE, _AES_256_CBC, der.encode(der.OCTETS, start))
    sealed_size = (size // _BLOCK + 1) * _BLOCK
    target.write(_head(recipient, algorithm, sealed_size))
    encryptor = Cipher(algorithms.AES(key), modes.CBC(start)).encryptor()
    padder = padding.PKCS7(_BLOCK * 8).padder()
    while chunk := source.read(_CHUNK):
        target.write(encryptor.update(padder.update(chunk)))
    target.write(encryptor.update(padder.finalize()) + encryptor.finalize())


def unseal(sealed: bytes, *, key: RSAPrivateKey) -> bytes:
    """Decrypt what was sealed to our key; raises Unreadable."""
    try:
        kind, wrapped = der.decode(sealed).children()
        if der.encode(der.OID, kind.content) != _ENVELOPED:
            raise Unreadable("the answer is not an encrypted message")
        parts = wrapped.children()[0].children()
        recipients = next(part for part in parts if part.tag == der.SET)
        _, algorithm, content = parts[parts.index(recipients) + 1].children()
        content_key = _content_key(recipients, key)
        start = algorithm.children()[1].octets()
        decryptor = Cipher(algorithms.AES(content_key), modes.CBC(start)).decryptor()
        padded = decryptor.update(content.octets()) + decryptor.finalize()
        unpadder = padding.PKCS7(_BLOCK * 8).unpadder()
        return unpadder.update(padded) + unpadder.finalize()
    except (ValueError, StopIteration, IndexError, RecursionError) as error:
        raise Unreadable("the answer is not encrypted to our key, or is damaged") from error


def _head(recipient: bytes, algorithm: bytes, sealed_size: int) -> bytes:
    """Everything before the ciphertext, each length counted from inside out."""
    octets = der.header(0x80, sealed_size)
    content_head = _DATA + algorithm + octets
    content = der.header(der.SEQUENCE, len(content_head) + sealed_size) + content_head
    enveloped_head = der.integer(0) + der.encode(der.SET, recipient) + content
    enveloped = der.header(der.SEQUENCE, len(enveloped_head) + sealed_size) + enveloped_head
    explicit = der.header(0xA0, len(enveloped) + sealed_size) + enveloped
    message = _ENVELOPED + explicit
    return der.header(der.SEQUENCE, len(message) + sealed_size) + message


def _recipient(receiver: Certificate, wrapped_key: bytes) -> bytes:
    issuer = receiver.issuer.public_bytes()
    name = der.encode(der.SEQUENCE, issuer, der.integer(receiver.serial_number))
    return der.encode(der.SEQUENCE, der.integer(0), name, _OAEP_SHA256, der.encode(der.OCTETS, wrapped_key))


def _content_key(recipients: der.Element, key: RSAPrivateKey) -> bytes:
    """The content's key from whichever recipient our key opens."""
    for recipient in recipients.children():
        try:
            return key.decrypt(recipient.children()[-1].octets(), _oaep())
        except ValueError:
            continue
    raise Unreadable("the answer is not encrypted to our key")


def _oaep() -> rsa_padding.OAEP:
    return rsa_padding.OAEP(rsa_padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
