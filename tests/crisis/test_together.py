"""Several at once, and the database away."""

import threading
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection, connections

from tests import factories
from tests.crisis.conftest import build
from torg.core.errors import DomainError
from torg.crisis import commands
from torg.crisis.models import Incident, Statement
from torg.outbox.models import OutboxAct
from torg.people.models import Person
from torg.people.types import Role
from torg.publishing.models import Article
from torg.records.models import JournalEntry
from torg.site.copies import Copy
from torg.site.models import SitePage
from torg.site.pages import StoredPages


def at_once(act: Callable[[Person], object], *people: Person) -> list[str]:
    """What comes of it when each does it in a thread and a connection of their own."""
    outcomes: list[str] = []

    def do(person: Person) -> None:
        try:
            act(person)
            outcomes.append("done")
        except DomainError as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=[person]) for person in people]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sorted(outcomes)


def test_two_who_open_approve_or_close_at_once_do_it_once(fresh_database, at, settings):
    crisis = build(at, settings)
    third = factories.person("Åse Lie")
    factories.role(third, Role.DEPUTY, at=at)
    officers = (crisis.house.officer, crisis.deputy)

    opened = at_once(lambda who: crisis.open(by=who, known=frozenset()), *officers)
    incident = Incident.objects.get()
    row = crisis.drafted(incident)
    published = at_once(lambda who: crisis.publish(row, by=who), *officers)
    told = {"incident_id": incident.public_id, "at": at}
    asked = at_once(lambda who: commands.ask_to_close(by=who, **told), *officers)
    incident.refresh_from_db()
    others = [who for who in (*officers, third) if who != incident.closing_asked_by]
    closed = at_once(lambda who: commands.close_incident(by=who, **told), *others)

    assert (opened, published) == (["Stale", "done"], ["InvalidTransition", "done"])
    assert (asked, closed) == (["InvalidTransition", "done"], ["InvalidTransition", "done"])
    assert Statement.objects.get().number == 1 and JournalEntry.objects.count() == 1
    assert OutboxAct.objects.filter(subject_kind="publishing.post").count() == 3


def show(*, incident_id, by, at) -> None:
    """A site during whose drawing the database goes away."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def test_a_database_that_goes_in_the_middle_leaves_nothing_behind_and_it_can_be_done_again(
    fresh_database, at, settings
):
    crisis = build(at, settings)
    row = crisis.drafted(crisis.open())
    settings.WEBSITE_STATUS, real = __name__, settings.WEBSITE_STATUS

    with pytest.raises(OperationalError):
        crisis.publish(row)

    connections.close_all()
    assert not Article.objects.exists() and not OutboxAct.objects.exists()
    settings.WEBSITE_STATUS = real
    assert crisis.publish(row).number == 1
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
