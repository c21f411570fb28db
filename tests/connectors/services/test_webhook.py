"""An outgoing webhook can be checked by the one who gets it."""

import hashlib
import hmac
from datetime import UTC, datetime

import pytest

from torg.connectors.services import webhook
from torg.connectors.services.fetch import Blocked

AT = datetime(2026, 3, 10, 9, tzinfo=UTC)


def test_the_receiver_can_check_who_sent_it_and_when(server):
    webhook.deliver(f"{server.url}/inn", body=b'{"a":1}', secret="delt", delivery_id="d-1", at=AT, allow_loopback=True)

    _, headers, body = server.seen[0]
    stamp, digest = (part.partition("=")[2] for part in headers["torg-signature"].split(","))
    wanted = hmac.new(b"delt", stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert (digest, int(stamp)) == (wanted, int(AT.timestamp()))
    assert headers["torg-delivery"] == "d-1"


@pytest.mark.parametrize(("path", "accepted"), [("/inn", True), ("/gone", False)])
def test_only_an_answer_in_the_two_hundreds_is_acceptance(server, path, accepted):
    delivered = webhook.deliver(
        f"{server.url}{path}", body=b"{}", secret="delt", delivery_id="d-1", at=AT, allow_loopback=True
    )

    assert delivered.accepted is accepted


def test_a_webhook_cannot_be_pointed_inside(server):
    with pytest.raises(Blocked):
        webhook.deliver(f"{server.url}/inn", body=b"{}", secret="delt", delivery_id="d-1", at=AT)
