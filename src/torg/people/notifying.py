"""Telling colleagues: what happens is noted here in the act's own transaction, and sent later as each has chosen."""

from collections.abc import Iterable
from datetime import datetime

from torg.people.models import Notification, Person
from torg.people.types import NotificationKind


def tell(people: Iterable[Person], kind: NotificationKind, *, path: str, key: str, at: datetime) -> None:
    """Note that these are to be told; a runner of a job that runs twice tells nobody twice.

    Args:
        people: who; those who have left are told nothing.
        kind: what of; it decides the words and how soon.
        path: where on our pages to look.
        key: what it is about, one for each occasion.
        at: now.
    """
    rows = [
        Notification(person=person, kind=kind, path=path, key=key, made_at=at)
        for person in people
        if person.left_at is None
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
