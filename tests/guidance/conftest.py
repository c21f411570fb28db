"""A municipality where colleagues ask for advice: an officer, a deputy and somebody who asks."""

import pytest

from tests import factories
from torg.people.models import CalendarKind, CalendarRow, Unit
from torg.people.types import Role

HOURS = {
    "time_zone": "Europe/Oslo",
    "holidays": "NO",
    "week": {day: [["09:00", "15:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
}


@pytest.fixture
def officer(db, at):
    CalendarRow.objects.create(
        kind=CalendarKind.ANSWERING, definition=HOURS, from_at=at - factories.LONG_AGO, made_by=None
    )
    return factories.officer(at=at)


@pytest.fixture
def deputy(officer, at):
    holder = factories.person("Stein Stedfortreder")
    factories.role(holder, Role.DEPUTY, at=at)
    return holder


@pytest.fixture
def colleague(officer, at):
    holder = factories.person("Kine Kino")
    holder.unit = Unit.objects.create(name="Kultur")
    holder.save()
    factories.role(holder, Role.CASE_OFFICER, at=at)
    return holder


@pytest.fixture
def browser(client):
    """Signs somebody in, without JavaScript."""

    def sign_in(person):
        client.force_login(
            person.logins.first() or factories.login(person), "django.contrib.auth.backends.ModelBackend"
        )
        return client

    return sign_in
