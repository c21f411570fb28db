"""That somebody searched what is masked stands in the log."""

from datetime import datetime

from django.db import transaction

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.records import events


@transaction.atomic
def note_search(*, found: int, by: Actor, at: datetime) -> None:
    """Write to the log that masked text was searched and how much was found; never the words."""
    audit.record(events.FOUND, actor=by, scope=None, target=None, at=at, facts={"found": found})
