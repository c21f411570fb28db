"""A platform of our own for tests of processing, and ways to call the intake; all names are invented."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime

from torg.channels import intake
from torg.channels.credentials import Credentials, seal
from torg.channels.models import DeliveryState, RawDelivery, RawDeliveryState, Source
from torg.connectors.contract import InboundEvent, Kind, Unreadable
from torg.core import ids

APP_SECRET, VERIFY_TOKEN = "hemmelig-prøve", "bekreft-prøve"
SECRETS = Credentials(token="sidenøkkel", app_secret=APP_SECRET, verify_token=VERIFY_TOKEN)
AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
TAKEN: list[list[str]] = []


class FakeIntake:
    """Reads `{"page": …, "ids": […]}`."""

    platform = "facebook"

    def parse(self, body: bytes) -> Iterator[InboundEvent]:
        try:
            found = json.loads(body)
        except ValueError as error:
            raise Unreadable("not JSON") from error
        for name in found["ids"]:
            yield InboundEvent(Kind.COMMENT, "add", found["page"], external_id=name, post_id="p1", text=f"Tekst {name}")


class Poison(Exception):
    """What a handler that cannot cope raises; its text holds what nobody may log."""


def take_in(*, batch, at) -> None:
    """Stands for the rooms above: remembers, and chokes on poison."""
    names = [arrived.event.external_id for arrived in batch.events]
    if "poison" in names:
        raise Poison("Kari Nordmanns hemmelighet")
    TAKEN.append(names)


def sealed() -> bytes:
    return seal(SECRETS)


def store(*names: str, page: str = "100", body: bytes | None = None, at: datetime = AT) -> RawDelivery:
    body = json.dumps({"page": page, "ids": names}).encode() if body is None else body
    number = ids.new()
    RawDeliveryState.objects.create(delivery_id=number, received_at=at, state=DeliveryState.PENDING)
    return RawDelivery.objects.create(
        id=number,
        platform="facebook",
        source=Source.WEBHOOK,
        received_at=at,
        body=body,
        signature_ok=True,
        headers_digest=b"",
        delivery_key=number.bytes,
    )


def state_of(delivery: RawDelivery) -> tuple[str, str]:
    row = RawDeliveryState.objects.get(delivery_id=delivery.id)
    return row.state, row.error


def signed(body: bytes, secret: str = APP_SECRET) -> dict[str, str]:
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}


async def call(body=b"", headers=None, *, method="POST", query="", path="/webhooks/facebook", chunk=65_536):
    """One request to the intake; returns status, text, and how many chunks were asked for."""
    chunks = [body[start : start + chunk] for start in range(0, max(len(body), 1), chunk)]
    asked, answers = 0, []

    async def receive():
        nonlocal asked
        asked += 1
        return {"type": "http.request", "body": chunks[asked - 1], "more_body": asked < len(chunks)}

    async def send(message):
        answers.append(message)

    lowered = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": lowered}
    await intake.application(scope, receive, send)
    return answers[0]["status"], answers[1]["body"], asked


def run(*coroutines):
    """Run calls at the same time, in one loop with its own intake; returns their answers."""

    async def together():
        try:
            return await asyncio.gather(*coroutines)
        finally:
            await intake.close()

    return asyncio.run(together())
