"""Writing to the log."""

import pytest
from django.db import DatabaseError, transaction

from tests.audit.events import DONE, SOMEBODY
from torg.audit import commands as audit
from torg.audit.models import AuditEvent
from torg.core import ids


@pytest.mark.django_db
def test_an_event_is_written_with_ids_and_numbers(at):
    scope = ids.new()

    event_id = audit.record(
        DONE, actor=SOMEBODY, scope=scope, target=None, at=at, facts={"role": "OFFICER", "count": 3}
    )

    event = AuditEvent.objects.get(id=event_id)
    assert (event.name, event.actor_ref, event.scope_id, event.at) == ("test.thing.done", "kari-pc", scope, at)
    assert event.facts == {"role": "OFFICER", "count": 3}


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Kari", "Kari Nordmann", "ring meg", "kari@eksempel.no", "å", "x" * 81, "", "a|b"])
def test_what_somebody_wrote_is_refused(at, text):
    with pytest.raises(ValueError, match="texts stay out"):
        audit.record(DONE, actor=SOMEBODY, scope=None, target=None, at=at, facts={"note": text})


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["DEPUTY", "comment", "m_Ab3f-_9", "123_456", "2026-03-10T09:00:00", "inbox.thread"])
def test_ids_and_codes_are_taken(at, code):
    assert audit.record(DONE, actor=SOMEBODY, scope=None, target=None, at=at, facts={"what": code})


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE audit_event SET name = 'x'", "DELETE FROM audit_event"])
def test_the_application_cannot_change_the_log(at, statement):
    audit.record(DONE, actor=SOMEBODY, scope=None, target=None, at=at)

    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.raw(statement)._fetch_all()
