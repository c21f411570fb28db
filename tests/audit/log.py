"""A log for tests, and somebody who can do anything to it."""

from datetime import timedelta

import psycopg
from django.db import connection

from tests.audit.events import DONE, SOMEBODY
from torg.audit import commands as audit
from torg.audit import sealing
from torg.config.processes.postgres import SUPERUSER
from torg.core import ids


def write(count, at, **facts):
    """So many events, a second apart; returns their ids."""
    return [
        audit.record(
            DONE, actor=SOMEBODY, scope=ids.new(), target=None, at=at + timedelta(seconds=number), facts={"n": number}
        )
        for number in range(count)
    ]


def sealed(at, portions=(5, 5)):
    """Events sealed in several portions; returns their ids."""
    written = []
    for count in portions:
        written += write(count, at)
        assert sealing.seal(at=at) == count
    return written


def tamper(postgres, *statements):
    """Change the database as its superuser, with every trigger off."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(postgres.dsn(name, role=SUPERUSER)) as intruder:
        intruder.execute("SET session_replication_role = replica")
        for statement, *values in statements:
            assert intruder.execute(statement, values).rowcount != 0
