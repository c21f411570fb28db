"""Signed deliveries to the subscriber, with Facebook's escaping, batches and repeats."""

import asyncio
import hashlib
import hmac
import json
import secrets
from itertools import groupby

import httpx

from devtools.graph_standin import faults
from devtools.graph_standin.records import Delivery, Event
from devtools.graph_standin.world import World

WAITS = (0, 15, 60, 300, 900, 3600, 3 * 3600, 6 * 3600)
GIVE_UP_AFTER = 36 * 3600
MESSENGER_SWITCHED_OFF_AFTER = 3600
PATIENCE = 10.0
KEPT = 500
MESSENGER_FIELDS = ("message", "messaging", "standby")


def escaped(content: object) -> str:
    """JSON as Meta writes it, and signs it: `æ` as `\\u00e6`, `/` as `\\/`."""
    return json.dumps(content, ensure_ascii=True, separators=(",", ":")).replace("/", "\\/")


def signatures(body: bytes, app_secret: str) -> dict[str, str]:
    key = app_secret.encode()
    return {
        "X-Hub-Signature": "sha1=" + hmac.new(key, body, hashlib.sha1).hexdigest(),
        "X-Hub-Signature-256": "sha256=" + hmac.new(key, body, hashlib.sha256).hexdigest(),
    }


def notification(page_id: str, told: list[Event]) -> dict[str, object]:
    """One entry for each run of the same channel; feed entries count seconds, Messenger's milliseconds."""
    entries = []
    for channel, run in groupby(told, key=lambda event: event.channel):
        events = list(run)
        if channel == "changes":
            rows = [{"value": event.value, "field": event.field} for event in events]
            entries.append({"id": page_id, "time": int(events[-1].time), "changes": rows})
        else:
            values = [event.value for event in events]
            entries.append({"id": page_id, "time": int(events[-1].time * 1000), channel: values})
    return {"object": "page", "entry": entries}


class Courier:
    """Carries the world's untold events to the subscriber's address."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.verified: str | None = None
        self.failing_since: float | None = None
        self.lock = asyncio.Lock()
        self.client = httpx.AsyncClient(timeout=PATIENCE, trust_env=False)

    @property
    def is_verified(self) -> bool:
        """An address that has not shaken hands gets nothing, and that is no failed delivery."""
        return self.verified == self.world.settings.webhook_url

    async def close(self) -> None:
        await self.client.aclose()

    async def shake_hands(self) -> bool:
        """The `hub.challenge` that must come back before anything is delivered."""
        settings = self.world.settings
        if not settings.webhook_url:
            return False
        challenge = str(secrets.randbelow(10**10))
        asked = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": settings.verify_token}
        try:
            answer = await self.client.get(settings.webhook_url, params=asked)
        except (httpx.HTTPError, httpx.InvalidURL):
            return False
        if answer.status_code != 200 or answer.text != challenge:
            return False
        self.verified = settings.webhook_url
        return True

    def pack(self) -> None:
        """Makes deliveries of what happened since the last time, as faults would have it."""
        untold, self.world.untold = self.world.untold, []
        size = max(1, self.world.settings.batch_size)
        packed: list[Delivery] = []
        for start in range(0, len(untold), size):
            packed += self._deliveries_of(untold[start : start + size])
        if faults.use_for_delivery(self.world, [event.field for event in untold], "reorder"):
            packed.reverse()
        self.world.state.deliveries += packed
        self._forget_old()

    def _deliveries_of(self, told: list[Event]) -> list[Delivery]:
        world, now = self.world, self.world.clock.now()
        fields = [event.field for event in told]

        def hit(kind: str) -> dict[str, object] | None:
            return faults.use_for_delivery(world, fields, kind)

        if hit("drop"):
            return []
        if hit("from_withheld"):
            told = [faults.without_author(event) for event in told]
        if hit("attachments_withheld"):
            told = [faults.without_attachments(event) for event in told]
        body = escaped(notification(world.state.page.id, told))
        delay = hit("delay")
        wait = float(str(delay["seconds"])) if delay else 0
        copies = 2 if hit("duplicate") else 1
        is_badly_signed = hit("bad_signature") is not None
        return [
            Delivery(self._next_id(), body, fields, now, now + wait, is_badly_signed=is_badly_signed)
            for _ in range(copies)
        ]

    def _next_id(self) -> int:
        self.world.state.counter += 1
        return self.world.state.counter

    def _forget_old(self) -> None:
        rows = self.world.state.deliveries
        done = [row.id for row in rows if row.status != "WAITING"]
        forgotten = set(done[:-KEPT])
        self.world.state.deliveries = [row for row in rows if row.id not in forgotten]

    async def deliver(self, *, even_early: bool = False) -> list[Delivery]:
        """Tries each delivery that is due once, in order; with `even_early` the waiting ones too."""
        async with self.lock:
            return await self._deliver(even_early)

    async def _deliver(self, even_early: bool) -> list[Delivery]:
        self.world.publish_what_is_due()
        self.pack()
        now = self.world.clock.now()
        rows = [row for row in self.world.state.deliveries if row.status == "WAITING"]
        due = [row for row in rows if even_early or row.next_at <= now]
        if not due or not self.world.settings.webhook_url:
            return []
        if not self.is_verified and not await self.shake_hands():
            for row in due:
                row.answer = "handshake refused"
            return due
        for row in due:
            await self._post(row)
        return due

    async def _post(self, row: Delivery) -> None:
        settings = self.world.settings
        body = row.body.encode()
        secret = settings.app_secret if not row.is_badly_signed else settings.app_secret + "?"
        headers = {"Content-Type": "application/json", "User-Agent": "facebookexternalua"} | signatures(body, secret)
        try:
            answer = await self.client.post(str(settings.webhook_url), content=body, headers=headers)
        except httpx.HTTPError as problem:
            self._note_failure(row, type(problem).__name__)
            return
        self.world.is_changed = True
        if answer.status_code != 200:
            self._note_failure(row, str(answer.status_code))
            return
        row.attempts += 1
        row.status, row.answer = "DELIVERED", "200"
        self.failing_since = None

    def _note_failure(self, row: Delivery, answer: str) -> None:
        """At once again, then less and less often; after 36 hours it is dropped."""
        now = self.world.clock.now()
        self.world.is_changed = True
        row.attempts += 1
        row.answer = answer
        row.next_at = now + WAITS[min(row.attempts - 1, len(WAITS) - 1)]
        if now - row.made > GIVE_UP_AFTER:
            row.status = "DROPPED"
        self.failing_since = self.failing_since if self.failing_since is not None else now
        if now - self.failing_since > MESSENGER_SWITCHED_OFF_AFTER:
            self._switch_messenger_off()

    def _switch_messenger_off(self) -> None:
        """An hour of failures: Messenger takes the page's subscription away; it must be made again by hand."""
        state = self.world.state
        state.subscribed_fields = [one for one in state.subscribed_fields if not one.startswith(MESSENGER_FIELDS)]
