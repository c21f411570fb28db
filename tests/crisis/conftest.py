"""A house with its site published, three channels on a fake platform, and people for the team."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pytest
from django.test import Client

from tests import factories
from tests.inbox.conftest import ABLE, LONG_AGO, House, build_house
from torg.channels.models import Connection
from torg.connectors.testing import FakeChannel
from torg.core.actors import Operator
from torg.crisis import commands
from torg.crisis.models import Incident, Statement
from torg.crisis.types import Opening, Seat, Severity, TeamRole, Wording
from torg.outbox import sending
from torg.people.models import Municipality, Person
from torg.people.types import Role
from torg.site import commands as site
from torg.site import publication, rendering
from torg.site.types import HTML, Part

TEXT = "Vannet i Storvik kan ha fått bakterier i seg. Kok vannet i tre minutter før du drikker det."
ENGLISH = Wording("Boil the water", "Boil tap water for 3 minutes.")
platforms: dict[str, FakeChannel] = {}


def make(connection, _credentials) -> FakeChannel:
    account = connection.external_id
    return platforms.setdefault(account, FakeChannel(now=connection.opened_at, account_id=account))


@dataclass
class Crisis:
    """Short ways to what one does in an incident."""

    house: House
    deputy: Person
    at: datetime

    def open(self, *, by: Person | None = None, **changes) -> Incident:
        wanted = {"title": "Kokevarsel i Storvik", "severity": Severity.SERIOUS, "scope_id": self.house.scope_id}
        opening = Opening(**{**wanted, "owner": self.house.officer.public_id, **changes})
        return commands.open_incident(opening=opening, by=by or self.house.officer, at=self.at)

    def exercise(self, **changes) -> Incident:
        return self.open(is_exercise=True, **changes)

    def drafted(self, incident: Incident, *, body: str = TEXT, by: Person | None = None) -> Statement:
        texts = {"nb": Wording("Kok vannet", body), "en": ENGLISH}
        return commands.draft_statement(
            incident_id=incident.public_id, texts=texts, by=by or self.house.officer, at=self.at
        )

    def stated(self, incident: Incident, *, by: Person | None = None, **changes) -> Statement:
        row = self.drafted(incident, **changes)
        return self.publish(row, by=by)

    def publish(self, row: Statement, *, by: Person | None = None, targets: list[UUID] | None = None) -> Statement:
        return commands.publish_statement(
            statement_id=row.public_id,
            seen_version=row.newest_version,
            targets=targets,
            by=by or self.house.officer,
            at=self.at,
        )

    def withdraw(self, row: Statement, *, by: Person | None = None, **changes) -> Statement:
        wanted = {"reason": "Feil sted.", "told": {"nb": "Vannet i Storvik er trygt."}, **changes}
        return commands.withdraw_statement(
            statement_id=row.public_id, by=by or self.house.officer, at=self.at, **wanted
        )

    def seat(self, incident: Incident, person: Person, role: TeamRole = TeamRole.WRITER, **changes):
        seat = Seat(person.public_id, role, **changes)
        return commands.take_in(incident_id=incident.public_id, seat=seat, by=self.house.officer, at=self.at)

    def publish_site(self) -> None:
        """All its pages, for what must not touch them."""
        publication.publish_skeleton(by=Operator("test"), at=self.at)

    def close(self, incident: Incident) -> Incident:
        commands.ask_to_close(incident_id=incident.public_id, by=self.house.officer, at=self.at)
        return commands.close_incident(incident_id=incident.public_id, by=self.deputy, at=self.at)


@pytest.fixture
def crisis(db, at, settings) -> Crisis:
    return build(at, settings)


@pytest.fixture
def browser(crisis, monkeypatch):
    monkeypatch.setattr("torg.core.clock.now", lambda: crisis.at)

    def enter(person) -> Client:
        client = Client()
        client.force_login(factories.login(person), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


def build(at: datetime, settings) -> Crisis:
    settings.CHANNEL_FACTORY = "tests.crisis.conftest.make"
    platforms.clear()
    house = build_house()
    house.connection.capabilities = {**ABLE, "can_publish": True, "can_edit_own": True}
    house.connection.save()
    Municipality.objects.create(id=1, name="Storvik kommune", language="nb")
    connect(house, 2)
    deputy = factories.person("Berit Vold")
    factories.role(deputy, Role.DEPUTY, at=at)
    # The site stands by its first page; an act draws those that it changes.
    site.publish_page(path=rendering.TOP, part=Part(b"", HTML), by=Operator("test"), at=at)
    return Crisis(house, deputy, at)


def connect(house: House, count: int, *, first: int = 0) -> None:
    """More channels of the main page, each a platform of its own."""
    for number in range(first, first + count):
        Connection.objects.create(
            scope_id=house.scope_id,
            presence=house.presence,
            platform="facebook",
            external_id=f"20{number}",
            name=f"Kanal {number}",
            capabilities={**ABLE, "can_publish": True, "can_edit_own": True},
            opened_at=LONG_AGO,
        )


def send_all(at: datetime) -> int:
    """What the worker does."""
    return sending.send_due(at=at)
