"""Where who has access on the platforms differs from the register: worked out each time, and gone when it is mended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from torg.oversight.queries.gone import people_gone
from torg.oversight.types import DifferenceKind
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission
from torg.registry.models import TAKEN_FOR, AccessReading, Administration, PlatformAccess, Presence

URGENCY = list(DifferenceKind)


@dataclass(frozen=True, slots=True)
class Difference:
    """One of them: `access` is what the platform tells, or `administration` what is registered and not told."""

    kind: DifferenceKind
    presence: Presence
    access: PlatformAccess | None = None
    administration: Administration | None = None

    @property
    def person(self) -> Person | None:
        """Who it is among us, where that is known."""
        row = self.access or self.administration
        return row.person if row else None

    @property
    def key(self) -> str:
        """What tells it from others, for as long as it lasts."""
        number = self.access.pk if self.access else self.administration.pk if self.administration else 0
        return f"{self.kind.value} {number}"


def overseen(person: Person, *, at: datetime) -> QuerySet[Presence]:
    """The open presences whose accesses `person` may know of."""
    scopes = people.scopes_for(person, Permission.READ_AUDIT, at=at)
    rows: QuerySet[Presence] = Presence.objects.filter(scope__in=scopes, closed_at=None)
    return rows


def differing(presences: QuerySet[Presence], *, at: datetime) -> list[Difference]:
    """Those of these presences, the most urgent first; two statements."""
    accesses = judged_accesses(at).filter(presence__in=presences).exclude(difference="")
    administrations = judged_administrations(at).filter(presence__in=presences).exclude(difference="")
    return ordered(accesses.select_related("presence"), administrations.select_related("presence"))


def ordered(accesses: Iterable[PlatformAccess], administrations: Iterable[Administration]) -> list[Difference]:
    """The differences among rows that are judged, the most urgent first."""
    found = [Difference(kind, row.presence, access=row) for row in accesses if (kind := _kind(row))]
    found += [Difference(kind, row.presence, administration=row) for row in administrations if (kind := _kind(row))]
    return sorted(found, key=lambda one: (URGENCY.index(one.kind), one.presence.name))


def judged_accesses(at: datetime) -> QuerySet[Any]:
    """What platforms tell now, each with how it differs in `difference`: nobody we know, has left, not registered."""
    registered = Administration.objects.filter(presence=OuterRef("presence"), person=OuterRef("person"), ended_at=None)
    judged = Case(
        When(Q(person=None, agreed_as=""), then=Value(DifferenceKind.UNKNOWN)),
        When(Q(person=None), then=Value("")),
        When(Exists(people_gone(at).filter(pk=OuterRef("person"))), then=Value(DifferenceKind.GONE)),
        # The register is of administrators; whoever may only do some tasks is known, and that is enough.
        When(may_manage=False, then=Value("")),
        When(~Exists(registered), then=Value(DifferenceKind.UNREGISTERED)),
        default=Value(""),
        output_field=CharField(),
    )
    rows: QuerySet[Any] = PlatformAccess.objects.filter(ended_at=None).annotate(difference=judged)
    return rows.select_related("person").order_by("name", "id")


def judged_administrations(at: datetime) -> QuerySet[Any]:
    """Registered administrators, each with how it differs in `difference`: a platform that told all did not tell it.

    Only a list that was read since then, and lately, says anything; whoever has left is a task already.
    """
    here = {"presence": OuterRef("presence")}
    lately = AccessReading.objects.filter(**here, is_whole=True, read_at__gt=at - TAKEN_FOR)
    asked = lately.filter(read_at__gte=OuterRef("since_at"))
    told = PlatformAccess.objects.filter(**here, person=OuterRef("person"), ended_at=None)
    gone = people_gone(at).filter(pk=OuterRef("person"))
    judged = Case(
        When(Exists(asked) & ~Exists(told) & ~Exists(gone), then=Value(DifferenceKind.MISSING)),
        default=Value(""),
        output_field=CharField(),
    )
    rows: QuerySet[Any] = Administration.objects.filter(ended_at=None).annotate(difference=judged)
    return rows.select_related("person").order_by("person__name", "id")


def _kind(row: PlatformAccess | Administration) -> DifferenceKind | None:
    return DifferenceKind(vars(row)["difference"]) if vars(row)["difference"] else None
