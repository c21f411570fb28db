"""The trace of what an integration does for a person: beside the command's own event, in the same transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from torg.api import events
from torg.api.access import Caller
from torg.audit import commands as audit


@contextmanager
def acting(who: Caller, operation: str) -> Iterator[None]:
    """Run one command for the token's person, and note which integration asked for it."""
    with transaction.atomic():
        yield
        facts = {"operation": operation}
        audit.record(events.CALLED, actor=who.person, scope=None, target=who.integration, at=who.at, facts=facts)
