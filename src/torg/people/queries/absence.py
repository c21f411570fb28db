"""Who is away, who stands in for whom, and what that leaves uncovered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.people.models import EntrustedWork, Person, RoleAssignment, StandIn
from torg.people.queries.agreement import may_agree_to_stand_in
from torg.people.queries.rights import may
from torg.people.types import EntrustedState, Permission, roles_with

# For so long after an absence one is asked what one wants back.
ASKED_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Around:
    """Absences that concern somebody today.

    `registered` are one's own that somebody else has registered; `stands_in_for` are in force, with the work that came
    with them in `with_me`; `back_from` have ended and left something to take back; `waiting` are stand-ins that wait
    for this person's agreement; `uncovered` are absences whose stand-in is away too, for those who manage people.
    """

    registered: Sequence[StandIn]
    stands_in_for: Sequence[StandIn]
    back_from: Sequence[StandIn]
    waiting: Sequence[StandIn]
    uncovered: Sequence[StandIn]

    def came_from(self) -> dict[object, Person]:
        """Whose work each piece was that lies with this person now, by its public id."""
        return {work.ref: row.absent for row in self.stands_in_for for work in vars(row)["given"]}


def around(person: Person, *, at: datetime, may_manage: bool) -> Around:
    """All absences that concern the person today; two questions, and more only where a stand-in waits."""
    given = Prefetch("entrusted", EntrustedWork.objects.filter(state=EntrustedState.GIVEN), to_attr="given")
    lends = RoleAssignment.objects.in_force(at).filter(person=OuterRef("absent"), role__in=roles_with(Permission.AGREE))
    away_too = StandIn.objects.in_force(at).filter(absent=OuterRef("stand_in"))
    rows = StandIn.objects.filter(until_at__gt=at - ASKED_FOR).annotate(
        waits=Exists(lends), is_uncovered=Exists(away_too)
    )
    concerned = Q(stand_in=person) | Q(absent=person) | Q(agreed_at=None, waits=True) | Q(is_uncovered=True)
    found = rows.filter(concerned).select_related("absent", "stand_in", "named_by").prefetch_related(given)
    all_rows = list(found.order_by("until_at", "id"))
    now = [row for row in all_rows if row.from_at <= at < row.until_at]
    return Around(
        registered=[
            row
            for row in all_rows
            if row.absent_id == person.pk and row.until_at > at and row.named_by_id not in (None, person.pk)
        ],
        stands_in_for=[row for row in now if row.stand_in_id == person.pk],
        back_from=[row for row in all_rows if row.absent_id == person.pk and row.until_at <= at and vars(row)["given"]],
        waiting=[
            row
            for row in all_rows
            if row.agreed_at is None and row.until_at > at and row.waits and may_agree_to_stand_in(person, row, at=at)
        ],
        uncovered=[row for row in now if row.is_uncovered and may_manage],
    )


def is_away(person: Person, *, from_at: datetime, until_at: datetime) -> bool:
    """Whether the person is registered as away for some of the time."""
    return StandIn.objects.filter(absent=person, from_at__lt=until_at, until_at__gt=from_at).exists()


def left_uncovered(row: StandIn) -> QuerySet[StandIn]:
    """The absences that the one who is now to be away was to stand in for in that time."""
    overlapping = StandIn.objects.filter(from_at__lt=row.until_at, until_at__gt=row.from_at)
    return overlapping.filter(stand_in=row.absent_id).select_related("absent", "stand_in")


def absence_or_absent(public_id: UUID, *, seen_by: Person, at: datetime) -> StandIn:
    """A stand-in period that has not ended, for the absent person and those who manage people; raises NotFound."""
    rows = StandIn.objects.filter(public_id=public_id, until_at__gt=at).select_related("absent", "stand_in")
    row: StandIn | None = rows.prefetch_related("entrusted").first()
    if row is None or not (row.absent_id == seen_by.pk or may(seen_by, Permission.MANAGE_PEOPLE, scope_id=None, at=at)):
        raise NotFound(_("There is no such stand-in period."))
    return row


def ended_absence_or_absent(public_id: UUID, *, of: Person, at: datetime) -> StandIn:
    """One's own absence that has ended; raises NotFound."""
    rows = StandIn.objects.filter(public_id=public_id, absent=of, until_at__lte=at).select_related("stand_in")
    row: StandIn | None = rows.prefetch_related("entrusted").first()
    if row is None:
        raise NotFound(_("There is no such stand-in period."))
    return row
