"""Where the open work of somebody who is away is found, and how it goes from one to another."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from torg.core.errors import DomainError
from torg.people.models import EntrustedWork, Person
from torg.people.types import EntrustedState, OpenWork


class OpenWorkSource(Protocol):
    """Knows one kind of open work; `settings.OPEN_WORK` names each by dotted path."""

    def held_by(self, holder: Person, *, seen_by: Person, at: datetime) -> list[OpenWork]:
        """The open work of the kind that `holder` has, as far as `seen_by` may see it."""

    def pass_on(self, *, ref: UUID, holder: Person, to: Person, by: Person, at: datetime) -> bool:
        """Give it from `holder` to `to`; False when the holder no longer has it, or it is done.

        Raises NotAllowed, NotFound or Invalid when `by` may not give it, or `to` may not have it.
        """


def sources() -> Iterator[tuple[str, OpenWorkSource]]:
    """Every kind of open work, with who knows it."""
    for kind, path in settings.OPEN_WORK.items():
        yield kind, import_string(path)


def work_of(holder: Person, *, seen_by: Person, at: datetime) -> list[OpenWork]:
    """All open work that `holder` has and `seen_by` may see, the most urgent of each kind first."""
    return [work for _kind, source in sources() for work in source.held_by(holder, seen_by=seen_by, at=at)]


def move(row: EntrustedWork, *, holder: Person, to: Person, by: Person, at: datetime) -> bool:
    """Pass one piece on, and note how it went: somebody else may have taken it, or it is done, or it may not be had."""
    try:
        with transaction.atomic():
            source: OpenWorkSource = import_string(settings.OPEN_WORK[row.kind])
            has_moved = source.pass_on(ref=row.ref, holder=holder, to=to, by=by, at=at)
    except DomainError:
        has_moved = False
    there = EntrustedState.GIVEN if row.state == EntrustedState.PLANNED else EntrustedState.RETURNED
    row.move_to(there if has_moved else EntrustedState.MISSED, at=at)
    return has_moved
