"""How often a page asks the database: a list twelve times at most, a thread as often however long it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.desk import scene
from torg.channels.models import DeliveryState, RawDeliveryState
from torg.core import ids
from torg.inbox import commands as inbox
from torg.people.types import Role

MOST = 12
PAGES = ["today", "queue", "approvals", "promises", "forwarded", "hand-over", "issues", "log", "channels", "outbox"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_at_most_twelve_times(busy, as_person, django_assert_max_num_queries, name):
    client = as_person(busy.officer)

    with django_assert_max_num_queries(MOST):
        answer = client.get(reverse(f"desk:{name}"))

    assert answer.status_code == 200


def test_a_thread_asks_as_often_however_long_it_is(busy, as_person, now):
    client = as_person(busy.officer)
    enquiry = scene.with_text("Storgata brøytet")
    address = reverse("desk:thread", args=[enquiry.thread.public_id])
    before = asked(client, address)

    for number in range(12):
        scene.again(busy, enquiry.thread, f"Hallo? Nummer {number}?", now)
        inbox.add_note(enquiry_id=enquiry.public_id, text=f"Notat {number}", by=busy.officer, at=now)

    assert asked(client, address) == before


def test_the_queue_asks_as_often_however_many_wait(busy, as_person, now):
    client = as_person(busy.officer)
    before = asked(client, reverse("desk:queue"))

    for number in range(20):
        scene.write(busy, f"Avsender {number}", "Når åpner dere?", now)

    assert asked(client, reverse("desk:queue")) == before


def asked(client, address: str) -> int:
    """How often a page asks the database."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize(("everywhere", "is_shown"), [(False, False), (True, True)])
def test_what_belongs_to_no_page_is_shown_to_those_who_manage_all(house, as_person, now, everywhere, is_shown):
    officer = factories.person("Bodil Bibliotek")
    factories.role(officer, Role.OFFICER, at=now, scope=None if everywhere else house.presence.scope)
    RawDeliveryState.objects.create(
        delivery_id=ids.new(), received_at=now, state=DeliveryState.INSPECT, error="unknown account"
    )

    page = as_person(officer).get(reverse("desk:channels")).content.decode()

    assert ("unknown account" in page) == is_shown
