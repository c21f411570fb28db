"""A small municipality with one page, people in its roles, and somebody who writes."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from types import SimpleNamespace

import pytest
from django.db import transaction

from torg.audit.models import AuditEvent
from torg.channels.models import Connection
from torg.core import ids
from torg.dialogue.models import Author, Item, ItemVersion, Thread
from torg.dialogue.types import Absorbed, What
from torg.inbox import intake
from torg.inbox.models import DeadlineRule, Enquiry
from torg.people.models import CalendarKind, CalendarRow, Duty, Login, Person, RoleAssignment, Scope, Unit
from torg.people.types import Role
from torg.registry.models import Presence

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
WEEK = {day: [["08:00", "15:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}
HOURS = {"time_zone": "Europe/Oslo", "holidays": "NO", "week": WEEK}
ABLE = {
    "can_reply": True,
    "can_reply_privately": True,
    "can_message": True,
    "max_text_length": 8000,
    "message_window_seconds": 24 * 3600,
    "human_window_seconds": 7 * 24 * 3600,
    "private_reply_window_seconds": 7 * 24 * 3600,
}
numbers = count(1)


@dataclass
class Assessed:
    """What triage would say."""

    is_question: bool = True
    is_danger: bool = False
    is_sensitive: bool = False
    urgency: int = 40
    language: str = "nb"
    findings: list = field(default_factory=list)


@dataclass
class House:
    """The page and its people, and ways to let things happen."""

    unit: Unit
    other_unit: Unit
    presence: Presence
    connection: Connection
    officer: Person
    administrator: Person
    case_officer: Person
    contributor: Person
    leader: Person
    stranger: Person

    @property
    def scope_id(self):
        return self.presence.scope_id

    def thread(self, kind="BRANCH", author="Kari Nordmann", at=None):
        number = next(numbers)
        at = at or LONG_AGO
        person = Author.objects.create(
            connection=self.connection, external_id=f"author-{number}", name=author, first_seen_at=at
        )
        return Thread.objects.create(
            scope_id=self.scope_id,
            connection=self.connection,
            kind=kind,
            root_external_id=f"root-{number}",
            author=person,
            started_at=at,
            last_item_at=at,
        )

    def item(self, thread, at, text="Når åpner biblioteket?", *, known=None, **fields):
        number = next(numbers)
        received = known or at
        item = Item.objects.create(
            scope_id=self.scope_id,
            connection=self.connection,
            thread=thread,
            kind="MESSAGE" if thread.kind == "PRIVATE" else "COMMENT",
            external_id=fields.pop("external_id", f"item-{number}"),
            author=None if fields.get("is_own") else thread.author,
            posted_at=at,
            received_at=received,
            text=text,
            masked_text=text,
            version_count=1,
            delivery_id=ids.new(),
            **fields,
        )
        if not item.is_own:
            Thread.objects.filter(pk=thread.pk).update(last_inbound_at=at, last_item_at=at)
        return item

    def takes_in(self, item, at=None, what=What.NEW, is_history=False, **assessed):
        change = Absorbed(item.pk, item, what, item.thread_id, is_history)
        assessments = {} if item.is_own else {item.pk: Assessed(**assessed)}
        with transaction.atomic():
            intake.into_queue([change], assessments, at=at or item.received_at)
        return Enquiry.objects.filter(thread_id=item.thread_id).first()

    def indexed(self, enquiry):
        """Its words in the index of the search, as absorb and triage leave them."""
        for item in enquiry.thread.items.all():
            ItemVersion.objects.create(
                item_id=item.pk,
                scope_id=item.scope_id,
                number=1,
                is_original=True,
                content_hash=b"",
                text=item.text,
                masked_text=item.masked_text,
                posted_at=item.posted_at,
                received_at=item.received_at,
            )

    def asked(self, at, text="Når åpner biblioteket?", kind="BRANCH", **assessed):
        thread = self.thread(kind=kind, at=at)
        return self.takes_in(self.item(thread, at, text), **assessed)


@pytest.fixture
def house(db) -> House:
    return build_house()


def build_house() -> House:
    unit, other = Unit.objects.create(name="Servicetorget"), Unit.objects.create(name="Teknisk")
    scope = Scope.objects.create()
    presence = Presence.objects.create(
        scope=scope, kind="MAIN_PAGE", name="Storvik kommune", unit=unit, opened_at=LONG_AGO
    )
    connection = Connection.objects.create(
        scope_id=scope.id,
        presence=presence,
        platform="facebook",
        external_id="1001",
        name="Storvik kommune",
        capabilities=ABLE,
        opened_at=LONG_AGO,
    )
    CalendarRow.objects.create(kind=CalendarKind.ANSWERING, from_at=LONG_AGO, definition=HOURS)
    DeadlineRule.objects.create(within="2h", from_at=LONG_AGO)
    people = {
        "officer": person("Ola Vik", Role.OFFICER, None, unit),
        "administrator": person("Siri Lund", Role.PAGE_ADMINISTRATOR, scope, unit),
        "case_officer": person("Per Moe", Role.CASE_OFFICER, scope, unit),
        "contributor": person("Eva Dahl", Role.CONTRIBUTOR, scope, other),
        "leader": person("Liv Berg", Role.LEADER, scope, unit),
        "stranger": person("Nils Ås", None, None, other),
    }
    return House(unit=unit, other_unit=other, presence=presence, connection=connection, **people)


def person(name, role, scope, unit) -> Person:
    made = Person.objects.create(name=name, email=f"{name.split()[0].lower()}@storvik.example", unit=unit)
    if role:
        RoleAssignment.objects.create(person=made, role=role, scope=scope, from_at=LONG_AGO)
    return made


@pytest.fixture
def signed_in(client, house):
    def enter(person):
        client.force_login(Login.objects.create_user(email=person.email, person=person))
        return client

    return enter


@pytest.fixture
def now(monkeypatch, at):
    """The clock of the edge, held still."""
    monkeypatch.setattr("torg.core.clock.now", lambda: at)
    return at


@pytest.fixture
def on_duty(house, at):
    """The administrator is on duty first, the case officer second."""
    for order, who in enumerate([house.administrator, house.case_officer], start=1):
        Duty.objects.create(person=who, from_at=LONG_AGO, until_at=at + timedelta(days=30), order=order)
    return SimpleNamespace(first=house.administrator, second=house.case_officer)


def audited(name: str) -> int:
    """How many events of a name the log holds."""
    return AuditEvent.objects.filter(name=name).count()
