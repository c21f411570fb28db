"""Whoever takes over the application, with all its rights in the database, still cannot rewrite what has happened."""

import pytest
from django.db import ProgrammingError, connection

from tests import factories
from torg.audit import commands as audit
from torg.audit.models import AuditEvent
from torg.people import events

pytestmark = pytest.mark.django_db

ATTEMPTS = [
    "SET session_replication_role = replica",
    "SET ROLE torg_owner",
    "SET SESSION AUTHORIZATION postgres",
    "ALTER TABLE audit_event DISABLE TRIGGER ALL",
    "DROP TRIGGER audit_event_append_only ON audit_event",
    "ALTER TABLE audit_event DETACH PARTITION audit_event_default",
    "CREATE OR REPLACE FUNCTION torg_refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE FUNCTION public.format(text, uuid) RETURNS text LANGUAGE sql AS 'SELECT NULL'",
    "CREATE SCHEMA another",
    "CREATE RULE hide AS ON INSERT TO audit_event DO INSTEAD NOTHING",
    "UPDATE audit_event SET name = 'x'",
    "DELETE FROM audit_event_default",
    "TRUNCATE audit_event_default",
    "DELETE FROM audit_leaf_position",
    "UPDATE audit_checkpoint SET note = ''",
    "UPDATE audit_sealed_detail SET details = ''",
    "MERGE INTO audit_event e USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE",
    "SELECT setval('audit_event_number', 1)",
    "UPDATE channels_rawdelivery SET body = ''",
    "DELETE FROM dialogue_itemversion",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "SELECT pg_read_file('/etc/hostname')",
]


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_application_may_not(attempt):
    with connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute(attempt)


def test_a_sequence_laid_over_ours_numbers_nothing(at):
    officer = factories.officer(at=at)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY SEQUENCE audit_event_number MINVALUE -1000 START -500")

    event = audit.record(events.SIGNED_IN, actor=officer, scope=None, target=None, at=at)

    assert AuditEvent.objects.get(id=event).number > 0
