"""The whole product in one process, beside the stand-in, with a page connected to it; all names are invented."""

import asyncio
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from devtools.graph_standin.server import Standin
from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import override_settings
from procrastinate.contrib.django import app as jobs

from tests import factories
from torg.channels import commands as channels
from torg.channels import making, polling, processing
from torg.channels.credentials import Credentials
from torg.channels.models import Connection
from torg.channels.types import Account
from torg.config import root
from torg.core import clock
from torg.dialogue.models import Item
from torg.inbox import commands as inbox
from torg.inbox.models import Answer, Enquiry
from torg.inbox.types import AnswerKind, Reply
from torg.outbox import sending
from torg.people.models import CalendarKind, CalendarRow, Person
from torg.registry.models import Presence

QUESTION = "Når åpner svømmehallen i påsken?"
ANSWER = "Hei! Svømmehallen åpner kl. 10 på skjærtorsdag. Hilsen Ingrid Informasjon"
START_SECONDS = 20
# Everything is on loopback: no authority is read from the disk for each browser.
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
TAKE_JOB = """
DELETE FROM procrastinate_jobs WHERE id = (
    SELECT id FROM procrastinate_jobs WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s)
    ORDER BY id LIMIT 1
) RETURNING task_name, args::text
"""
ALWAYS_OPEN = {
    "time_zone": "Europe/Oslo",
    "holidays": None,
    "week": {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")},
}


class Server:
    """The root application in a thread of its own, started and stopped as `torg web` does it."""

    def __init__(self, application: Any) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(application, log_config=None, lifespan="on", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._server.serve(sockets=[self._socket])), daemon=True
        )

    def __enter__(self) -> "Server":
        self._thread.start()
        wait_until(lambda: self._server.started, START_SECONDS)
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        self._socket.close()


@dataclass
class Staff:
    """Somebody at a browser without JavaScript."""

    person: Person
    client: httpx.Client

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.client.get(path, **options)

    def post(self, path: str, **fields: Any) -> httpx.Response:
        """A form of ours, with the token that every form of ours carries."""
        held = [one.value for one in self.client.cookies.jar if one.name == settings.CSRF_COOKIE_NAME]
        token = held[-1] if held else "a" * 32
        if not held:
            self.client.cookies.set(settings.CSRF_COOKIE_NAME, token)
        return self.client.post(path, data={**fields, "csrfmiddlewaretoken": token})


@dataclass
class House:
    """One page that is connected to the stand-in, its officer, and what moves things along."""

    standin: Standin
    address: str
    presence: Presence
    connection: Connection
    officer: Person
    _staff: dict[int, Staff] = field(default_factory=dict)

    @property
    def control(self) -> Any:
        return self.standin.control

    def staff(self, person: Person | None = None) -> Staff:
        """A signed-in browser of this person, the officer if nobody is named."""
        who = person or self.officer
        if who.pk not in self._staff:
            self._staff[who.pk] = Staff(who, signed_in(self.address, who))
        return self._staff[who.pk]

    def anonymous(self) -> httpx.Client:
        return httpx.Client(base_url=self.address, trust_env=False, verify=PLAIN)

    def deliver(self, *, even_early: bool = False) -> list[dict[str, Any]]:
        """The stand-in delivers what it has to tell; each must have been answered with 200."""
        tried = self.control.deliver_now(even_early=even_early)
        assert {row["answer"] for row in tried} <= {"200"}, [row["answer"] for row in tried]
        return tried

    def work(self, *, at: datetime | None = None) -> None:
        """What the worker does: takes in, runs jobs, sends, looks; until nothing is left to do at `at`."""
        at = at or clock.now()
        take_in_all()
        run_jobs()
        while sending.send_due(at=at) + sending.look_due(at=at):
            continue
        sending.tell_owners(at=at)
        take_in_all()

    def poll(self) -> None:
        """Read the page ourselves, as every ten minutes."""
        self.connection.refresh_from_db()
        polling.poll(self.connection, at=clock.now())
        self.work()

    def reconnect(self) -> None:
        """The officer connects again, with a key that works."""
        self.control.token(self.standin.page_token, is_valid=True)
        account = Account("facebook", self.standin.page_id, self.standin.app_id)
        channels.reconnect(account=account, secrets=secrets_of(self.standin), by=self.officer, at=clock.now())

    def come_and_go(self) -> None:
        """Deliver and work until both sides are at rest."""
        while self.deliver():
            self.work()
        self.work()

    def post(self, text: str = "Svømmehallen er åpen i påsken.") -> str:
        """We publish something, and it comes back to us; its id."""
        made = self.control.visitor("post", as_page=True, text=text)
        self.come_and_go()
        return str(made["id"])

    def asks(self, post: str, text: str = QUESTION, name: str = "Oda Fantasdal") -> str:
        """A citizen comments, and it comes to us; the comment's id."""
        made = self.control.visitor("comment", target=post, name=name, text=text)
        self.come_and_go()
        return str(made["id"])

    def writes(self, text: str = QUESTION, name: str = "Oda Fantasdal") -> str:
        """A citizen sends a message, and it comes to us; its id."""
        made = self.control.visitor("message", name=name, text=text)
        self.come_and_go()
        return str(made["id"])

    def plan_answer(self, external_id: str, text: str = ANSWER, kind: AnswerKind = AnswerKind.PUBLIC_REPLY) -> Answer:
        """The officer answers what stands under this id; nothing is sent yet."""
        enquiry = self.enquiry_about(external_id)
        reply = Reply(kind, text, enquiry.version, item_id=self.item(external_id).public_id)
        return inbox.answer(enquiry_id=enquiry.public_id, reply=reply, by=self.officer, at=clock.now())

    def enquiry_about(self, external_id: str) -> Enquiry:
        """The enquiry in whose thread the item stands."""
        return Enquiry.objects.get(thread__items__external_id=external_id)

    def item(self, external_id: str) -> Item:
        return Item.objects.get(external_id=external_id)

    def seen(self, external_id: str) -> dict[str, Any]:
        """What the stand-in itself holds: a comment, message or post by its id."""
        state = self.control.state()
        rows = [row for kind in ("posts", "comments", "messages") for row in state[kind]]
        return next(row for row in rows if row["id"] == external_id)

    def with_text(self, text: str) -> list[dict[str, Any]]:
        """Everything on the stand-in with exactly this text: what was sent stands here once."""
        state = self.control.state()
        return [
            row
            for kind in ("comments", "messages")
            for row in state[kind]
            if row.get("message", row.get("text")) == text
        ]


@contextmanager
def lived_in(folder: Path, standin: Standin) -> Iterator[House]:
    """A house in the database of this process, beside the stand-in, with what it writes in this folder."""
    # What one test's platform asked us to wait for does not concern the next.
    making._budgets.clear()
    places = {"SPOOL_FOLDER": folder / "spool", "FILES_FOLDER": folder / "files"}
    with override_settings(GRAPH_ADDRESS=standin.base_url, **places), Server(root.make_application()) as server:
        made = connect(standin, server.address, at=clock.now())
        made.come_and_go()
        yield made


def connect(standin: Standin, address: str, *, at: datetime) -> House:
    """Tell both sides of each other, and let a month have passed since."""
    standin.control.settings(webhook_url=f"{address}/webhooks/facebook")
    officer = factories.officer(at=at)
    factories.login(officer)
    presence = factories.presence(at=at)
    for kind in (CalendarKind.ANSWERING, CalendarKind.OPENING):
        CalendarRow.objects.create(kind=kind, from_at=at - timedelta(days=400), definition=ALWAYS_OPEN)
    inbox.set_rule(within="2h", by=officer, at=at - timedelta(days=300))
    inbox.change_setting(scope_id=None, values={"undo_seconds": 0}, by=officer, at=at)
    connection = channels.connect(
        presence_id=presence.public_id,
        account=Account("facebook", standin.page_id, standin.app_id),
        secrets=secrets_of(standin),
        by=officer,
        at=at,
    )
    return House(standin, address, presence, connection, officer)


def secrets_of(standin: Standin) -> Credentials:
    return Credentials(
        token=standin.page_token,
        app_secret=standin.settings.app_secret,
        verify_token=standin.settings.verify_token,
    )


def signed_in(address: str, person: Person) -> httpx.Client:
    """A client with a session of the person, as after signing in."""
    browser = Client()
    browser.force_login(person.logins.get(), backend="django.contrib.auth.backends.ModelBackend")
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = {settings.SESSION_COOKIE_NAME: session}
    return httpx.Client(base_url=address, cookies=cookies, trust_env=False, timeout=30, verify=PLAIN)


def take_in_all() -> None:
    """Process every stored delivery that waits."""
    while processing.process_pending(at=clock.now()):
        continue


def run_jobs() -> None:
    """Run every job that is due, in this thread, until none is left."""
    while job := next_job():
        name, arguments = job
        jobs.tasks[name].func(**arguments)


def next_job() -> tuple[str, dict[str, Any]] | None:
    """Take the oldest job that is due out of the queue."""
    with connections["default"].cursor() as cursor:
        cursor.execute(TAKE_JOB, [clock.now()])
        row = cursor.fetchone()
    return (row[0], json.loads(row[1])) if row else None


def wait_until(is_so: Any, seconds: float) -> None:
    """Fails when it is not so in time."""
    given_up_at = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < given_up_at, "it did not come about in time"
        threading.Event().wait(0.02)
