"""Who speaks must be proved."""

import hashlib
import hmac

import pytest

from torg.connectors.channels.facebook import signature
from torg.connectors.contract import Unsigned

# Escaped as Meta escapes it: the signature is over these very bytes.
BODY = b'{"text":"R\\u00e5dhuset \\ud83d\\ude00"}'


def _signed(body: bytes, secret: str = "hemmelig", algorithm: str = "sha256") -> str:
    return f"{algorithm}={hmac.new(secret.encode(), body, algorithm).hexdigest()}"


@pytest.mark.parametrize("name", ["X-Hub-Signature-256", "x-hub-signature-256"])
def test_a_right_signature_is_accepted_whatever_the_case_of_the_header(name):
    signature.verify(BODY, {name: _signed(BODY)}, secret="hemmelig")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Hub-Signature-256": ""},
        {"X-Hub-Signature-256": "sha256="},
        {"X-Hub-Signature-256": "sha256=æøå"},
        {"X-Hub-Signature-256": hashlib.sha256(BODY).hexdigest()},
        {"X-Hub-Signature-256": _signed(BODY, secret="en annen")},
        {"X-Hub-Signature-256": _signed('{"text":"Rådhuset 😀"}'.encode())},
        {"X-Hub-Signature": _signed(BODY, algorithm="sha1")},
    ],
    ids=["none", "empty", "prefix only", "not hex", "no key", "wrong key", "written again", "old SHA-1"],
)
def test_anything_else_is_unsigned(headers):
    with pytest.raises(Unsigned):
        signature.verify(BODY, headers, secret="hemmelig")


def test_without_a_secret_nothing_is_signed():
    with pytest.raises(Unsigned):
        signature.verify(BODY, {"X-Hub-Signature-256": _signed(BODY, secret="")}, secret="")


def test_the_handshake_is_answered_with_the_bare_challenge():
    query = {"hub.mode": "subscribe", "hub.verify_token": "tøken", "hub.challenge": "1158201444"}

    assert signature.challenge(query, verify_token="tøken") == "1158201444"


@pytest.mark.parametrize(
    "change",
    [{"hub.verify_token": "feil"}, {"hub.verify_token": ""}, {"hub.mode": "unsubscribe"}],
    ids=["wrong token", "no token", "wrong mode"],
)
@pytest.mark.parametrize("verify_token", ["tøken", ""])
def test_another_handshake_is_refused(change, verify_token):
    query = {"hub.mode": "subscribe", "hub.verify_token": "tøken", "hub.challenge": "1"} | change

    assert signature.challenge(query, verify_token=verify_token) is None
