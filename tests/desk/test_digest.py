"""The week in figures, for leaders: once, by unit, and only of what each may see."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from tests import factories
from tests.inbox.conftest import build_house
from torg.desk import digests
from torg.desk.queries import digest as queries
from torg.people import commands as people
from torg.people.mailing import wishes_of
from torg.people.models import Letter
from torg.people.types import NotificationKind, Tell

MONDAY = datetime(2026, 3, 16, 6, 0, tzinfo=UTC)


@pytest.fixture
def week(db, at):
    """Somebody asked last week, and it waits still."""
    made = build_house()
    made.takes_in(made.item(made.thread(at=at), at))
    return made


def test_the_digest_goes_once_to_each_leader_although_the_job_runs_twice(week):
    assert digests.send(at=MONDAY) == 2
    assert digests.send(at=MONDAY + timedelta(minutes=30)) == 0

    assert {message.to[0] for message in mail.outbox} == {week.officer.email, week.leader.email}
    assert set(Letter.objects.values_list("period", flat=True)) == {"2026-W11"}
    assert digests.send(at=MONDAY + timedelta(days=7)) == 2


def test_it_counts_units_and_names_nobody(week):
    told = queries.digest(week.officer, at=MONDAY)

    # Four in one unit and two in another: too few to stand alone, together they are six.
    assert [(row.people, row.counts) for row in told.units] == [(6, (1, 0, 1, 1))]
    digests.send(at=MONDAY)
    written = "".join(message.body for message in mail.outbox)
    assert not any(person in written for person in ("Ola", "Siri", "Per", "Eva", "Liv", "Nils", "Kari"))


def test_a_leader_of_another_page_sees_nothing_of_this_one(week, at):
    elsewhere = factories.presence("Betasiden", at=at)
    leader = factories.person("Leder Annensteds")
    factories.role(leader, "LEADER", at=at, scope=elsewhere.scope)

    assert all(not any(row.counts) for row in queries.digest(leader, at=MONDAY).units)


def test_who_does_not_want_it_or_has_left_does_not_get_it(week):
    wishes = wishes_of(week.officer)
    never = {NotificationKind.DIGEST: Tell.NEVER}
    people.choose_notifications(tells=never, quiet=wishes.quiet, by=week.officer, at=MONDAY)
    people.record_departure(person_id=week.leader.public_id, by=week.officer, at=MONDAY)

    assert digests.send(at=MONDAY) == 0


def test_the_page_is_for_those_who_lead(busy, as_person):
    address = reverse("desk:digest")

    assert as_person(busy.leader).get(address).status_code == 200
    assert as_person(busy.case_officer).get(address).status_code == 403
