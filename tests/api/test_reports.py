"""Reports through the API: by id or by link, within what the token reaches."""

import pytest

from tests import factories
from torg.core import clock
from torg.moderation.models import Report
from torg.people.types import Permission

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(house):
    thread = house.thread(at=clock.now())
    return house.item(thread, clock.now(), "Du er en idiot.", permalink="https://eksempel.example/7")


def sent(client, headers, **body):
    return client.post("/api/v1/reports", body, content_type="application/json", **headers)


def test_a_report_comes_into_the_queue(client, house, item, token_for):
    headers = token_for(house.officer, Permission.READ, Permission.HANDLE)

    answer = sent(client, headers, item=str(item.public_id), text="Se her", ground="HARASSMENT")

    kept = Report.objects.get()
    assert answer.status_code == 201 and answer.json() == {"id": str(kept.public_id)}
    assert (kept.case.item, kept.case.source) == (item, "CITIZEN")


def test_the_link_will_do(client, house, item, token_for):
    headers = token_for(house.officer, Permission.READ, Permission.HANDLE)

    assert sent(client, headers, link=item.permalink).status_code == 201


def test_a_token_that_only_reads_reports_nothing(client, house, item, token_for):
    assert sent(client, token_for(house.officer, Permission.READ), link=item.permalink).status_code == 403
    assert not Report.objects.exists()


def test_what_the_token_does_not_reach_is_as_absent_as_what_is_not_there(client, house, item, token_for):
    elsewhere = factories.presence("Kinoen", at=clock.now())
    headers = token_for(house.officer, Permission.READ, Permission.HANDLE, scopes=[elsewhere.scope])

    by_link, by_id = sent(client, headers, link=item.permalink), sent(client, headers, item=str(item.public_id))

    assert (by_link.status_code, by_id.status_code) == (404, 404)
    assert sent(client, headers, link="https://eksempel.example/8").status_code == 404
