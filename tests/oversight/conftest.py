"""A municipality with a main page, a cinema that seldom posts, and a secret group that hardly anybody knows of."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from tests import factories
from tests.inbox.conftest import ABLE, LONG_AGO, House, build_house
from torg.channels.models import Connection
from torg.core.actors import Operator
from torg.dialogue.models import Post
from torg.oversight import commands
from torg.oversight.models import GroupMember
from torg.people.models import Employee, Login, Person
from torg.people.types import Role
from torg.registry.models import Administration, Presence, PresenceKind

SERVER = Operator("drift")


@dataclass
class Scene:
    """The pages, and ways to let things happen on them."""

    house: House
    cinema: Presence
    group: Presence
    owner: Person

    @property
    def officer(self) -> Person:
        return self.house.officer

    def post(self, page: Presence, at: datetime, *, is_own: bool = True) -> Post:
        connection = Connection.objects.get(presence=page)
        external_id = f"{page.pk}-{at.isoformat()}"
        return Post.objects.create(
            scope_id=page.scope_id,
            connection=connection,
            external_id=external_id,
            is_own=is_own,
            posted_at=at,
            received_at=at,
        )

    def employee(self, number: str, name: str, *, left_on: date | None = None, email: str = "") -> Employee:
        return Employee.objects.create(
            number=number,
            user_name=email or number,
            name=name,
            email=email,
            left_on=left_on,
            source="CSV",
            recorded_at=LONG_AGO,
            changed_at=LONG_AGO,
        )

    def member(self, employee: Employee, group: Presence | None = None) -> GroupMember:
        place = group or self.group
        return GroupMember.objects.create(scope_id=place.scope_id, presence=place, employee=employee, since_at=LONG_AGO)

    def administrates(self, person: Person, page: Presence) -> Administration:
        return Administration.objects.create(presence=page, person=person, since_at=LONG_AGO)


@pytest.fixture
def scene(db) -> Scene:
    return build_scene()


def build_scene() -> Scene:
    house = build_house()
    cinema = factories.presence("Storvik kino", at=LONG_AGO, kind=PresenceKind.LOCAL_PAGE)
    Connection.objects.create(
        scope_id=cinema.scope_id,
        presence=cinema,
        platform="facebook",
        external_id="2002",
        name="Storvik kino",
        capabilities=ABLE,
        opened_at=LONG_AGO,
    )
    group = factories.presence("Kanarigruppa", at=LONG_AGO, kind=PresenceKind.SECRET_GROUP)
    owner = factories.administrator(group, at=LONG_AGO, name="Eva Eier")
    commands.adopt_strategy_duties(by=SERVER, at=LONG_AGO - timedelta(days=60))
    return Scene(house, cinema, group, owner)


@pytest.fixture
def now(monkeypatch, at) -> datetime:
    """The clock of the edge, held still."""
    monkeypatch.setattr("torg.core.clock.now", lambda: at)
    return at


@pytest.fixture
def as_person(client):
    def enter(person: Person):
        login = person.logins.first() or Login.objects.create_user(email=person.email, person=person)
        client.force_login(login, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


@pytest.fixture
def deputy(scene) -> Person:
    holder = factories.person("Dina Deputy")
    factories.role(holder, Role.DEPUTY, at=LONG_AGO)
    return holder
