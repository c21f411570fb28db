"""Time stamps from an outside authority (RFC 3161)."""

import rfc3161_client
from cryptography import x509

from torg.connectors.services.fetch import Door, post

_MAX_ANSWER_BYTES = 200_000


class StampProblem(Exception):
    """The authority gave no time stamp, or this one does not hold."""


def stamp(url: str, message: bytes, *, allow_loopback: bool = False) -> bytes:
    """A time stamp over the message, as the authority's whole answer in DER.

    Only a hash leaves us. Plain http is allowed: most authorities have nothing else, and the answer is signed.
    Raises StampProblem, fetch.FetchProblem.
    """
    request = rfc3161_client.TimestampRequestBuilder().data(message).build()
    answer = post(
        url,
        door=Door(allow_loopback=allow_loopback, allow_http=True, max_bytes=_MAX_ANSWER_BYTES, max_seconds=15),
        body=request.as_bytes(),
        headers={"Content-Type": "application/timestamp-query"},
    )
    if answer.status != 200:
        raise StampProblem(f"the authority answered {answer.status}")
    told = _decode(answer.body)
    imprint = told.tst_info.message_imprint.message
    if told.tst_info.nonce != request.nonce or imprint != request.message_imprint.message:
        raise StampProblem("the answer is to another question")
    return answer.body


def check(token: bytes, message: bytes, *, roots: bytes) -> None:
    """Check a time stamp over the message against the authority's root certificates (PEM); raises StampProblem."""
    builder = rfc3161_client.VerifierBuilder()
    for root in x509.load_pem_x509_certificates(roots):
        builder = builder.add_root_certificate(root)
    try:
        builder.build().verify_message(_decode(token), message)
    except rfc3161_client.VerificationError as error:
        raise StampProblem(str(error)) from error


def _decode(answer: bytes) -> rfc3161_client.TimeStampResponse:
    try:
        told = rfc3161_client.decode_timestamp_response(answer)
    except ValueError as error:
        raise StampProblem("the authority's answer cannot be read") from error
    if told.status != rfc3161_client.PKIStatus.GRANTED:
        raise StampProblem(f"the authority refused, with status {told.status}")
    return told
