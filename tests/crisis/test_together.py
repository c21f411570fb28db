"""Several at once, and the database away."""

import threading

import pytest
from django.db import connections

from tests.crisis.conftest import build
from torg.core.errors import InvalidTransition
from torg.crisis.models import Statement
from torg.outbox.models import OutboxAct
from torg.site.copies import Copy
from torg.site.models import SitePage
from torg.site.pages import StoredPages


def test_two_who_press_at_once_publish_once(fresh_database, at, settings):
    crisis = build(at, settings)
    row = crisis.drafted(crisis.open())
    outcomes: list[str] = []

    def press(person) -> None:
        try:
            crisis.publish(row, by=person)
            outcomes.append("published")
        except InvalidTransition:
            outcomes.append("refused")
        finally:
            connections.close_all()

    both = [threading.Thread(target=press, args=[person]) for person in (crisis.house.officer, crisis.deputy)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert sorted(outcomes) == ["published", "refused"]
    assert Statement.objects.get().number == 1
    assert OutboxAct.objects.filter(subject_kind="publishing.post").count() == 3


@pytest.mark.django_db
@pytest.mark.strategy("A8")
def test_the_status_page_stays_up_without_the_database(crisis, tmp_path, django_assert_num_queries):
    crisis.stated(crisis.open())
    row = SitePage.objects.get(path="/status/")
    copy = Copy(row.path, row.etag, row.media_type, row.version, bytes(row.body), bytes(row.compressed))
    StoredPages(tmp_path).copies.put(copy)

    with django_assert_num_queries(0):
        cold = StoredPages(tmp_path)
        start, body = cold.find({"method": "GET", "path": "/status/", "headers": []})

    assert start["status"] == 200 and "Kok vannet" in body["body"].decode()
