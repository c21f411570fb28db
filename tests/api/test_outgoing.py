"""Webhooks: each event once, in order, signed, and only what the integration may know of."""

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests import factories
from torg.api import commands as integrations
from torg.api import outgoing
from torg.api.models import Delivery
from torg.audit import commands as audit
from torg.audit import sealing as log
from torg.connectors import contract
from torg.connectors.services import webhook
from torg.outbox.models import OutboxAct
from torg.people.types import Permission
from torg.registry import events

DAY = timedelta(days=1)
EVENT = "registry.presence.opened"


class Receiver:
    """A web server on loopback that keeps what it gets, and answers as told."""

    def __init__(self) -> None:
        receiver, self.got, self.status = self, [], 200

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers), body))
                self.send_response(receiver.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_arguments) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receiver(settings):
    settings.WEBHOOKS_MAY_REACH_LOOPBACK = True
    running = Receiver()
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.fixture
def officer(at):
    return factories.officer(at=at)


@pytest.fixture
def subscription(officer, at):
    grant = integrations.Grant(name="Saksystemet", permissions=[Permission.READ], expires_at=at + DAY)
    made = integrations.make_integration(grant=grant, by=officer, at=at)
    row, secret = integrations.subscribe(
        integration=made.integration, address="https://mottaker.example/", names=[EVENT], by=officer, at=at
    )
    row.plain_secret = secret
    outgoing.fan_out(limit=100, at=at)
    return row


def happen(page, officer, at):
    audit.record(events.PRESENCE_OPENED, actor=officer, scope=page.scope_id, target=page, at=at)


def acts():
    return list(OutboxAct.objects.filter(handler="api.webhook").order_by("id"))


def test_an_event_on_a_page_is_planned_once_with_ids_only(fresh_database, subscription, officer, at):
    page = factories.presence("Kinoen", at=at)
    happen(page, officer, at)
    log.seal(at=at)

    outgoing.fan_out(limit=100, at=at)
    outgoing.fan_out(limit=100, at=at)

    assert Delivery.objects.count() == 1
    [act] = acts()
    assert act.payload["target"] == {"kind": "registry.presence", "id": str(page.public_id)}
    assert "Kinoen" not in json.dumps(act.payload)


def test_what_happened_before_the_subscription_is_not_told(fresh_database, officer, at):
    page = factories.presence(at=at)
    happen(page, officer, at)
    log.seal(at=at)

    assert outgoing.fan_out(limit=100, at=at) == 0


def test_an_event_outside_the_tokens_pages_is_not_told(fresh_database, subscription, officer, at):
    page, other = factories.presence("Kinoen", at=at), factories.presence("Biblioteket", at=at)
    subscription.integration.scopes.set([page.scope])
    happen(other, officer, at)
    log.seal(at=at)

    outgoing.fan_out(limit=100, at=at)

    assert acts() == []


def test_an_ended_subscription_is_told_nothing(fresh_database, subscription, officer, at):
    integrations.unsubscribe(subscription=subscription, by=officer, at=at)
    happen(factories.presence(at=at), officer, at)
    log.seal(at=at)

    outgoing.fan_out(limit=100, at=at)

    assert acts() == []


def planned(subscription, officer, receiver, at):
    type(subscription).objects.update(address=receiver.address)
    happen(factories.presence(at=at), officer, at)
    log.seal(at=at)
    outgoing.fan_out(limit=100, at=at)
    [act] = acts()
    return act


def test_what_is_sent_is_signed_so_that_the_receiver_can_tell(fresh_database, subscription, officer, receiver, at):
    act = planned(subscription, officer, receiver, at)

    outgoing.perform(act)

    [(headers, body)] = receiver.got
    moment = int(headers["Torg-Signature"].split(",")[0].removeprefix("t="))
    sent_at = datetime.fromtimestamp(moment, UTC)
    assert headers["Torg-Signature"] == webhook.signature(body, secret=subscription.plain_secret, at=sent_at)
    assert headers["Torg-Delivery"] == str(act.subject_id)


@pytest.mark.parametrize(
    ("status", "error"), [(500, contract.Temporary), (404, contract.Temporary), (410, contract.Refused)]
)
def test_a_receiver_that_does_not_accept_it_is_tried_again_unless_it_has_gone(
    fresh_database, subscription, officer, receiver, at, status, error
):
    act = planned(subscription, officer, receiver, at)
    receiver.status = status

    with pytest.raises(error):
        outgoing.perform(act)


def test_an_address_inside_our_own_network_is_refused(fresh_database, subscription, officer, receiver, at, settings):
    act = planned(subscription, officer, receiver, at)
    settings.WEBHOOKS_MAY_REACH_LOOPBACK = False

    with pytest.raises(contract.Refused):
        outgoing.perform(act)

    assert receiver.got == []
