"""What a person may do on one page of ours, in one look-up, so that a screen offers only what is possible."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists

from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission


@dataclass(frozen=True, slots=True)
class Rights:
    """What the screen may offer; the commands decide."""

    handle: bool
    answer: bool
    open_sensitive: bool
    read_audit: bool
    journal: bool


def in_scope(person: Person, scope_id: UUID, *, at: datetime) -> Rights:
    """What `person` may do in one scope."""
    asked = {
        permission.value.lower(): Exists(people.scopes_for(person, permission, at=at).filter(id=scope_id))
        for permission in (
            Permission.HANDLE,
            Permission.ANSWER,
            Permission.OPEN_SENSITIVE,
            Permission.READ_AUDIT,
            Permission.JOURNAL,
        )
    }
    told: dict[str, Any] = dict(Person.objects.filter(pk=person.pk).values(**asked).get())
    return Rights(**told)
