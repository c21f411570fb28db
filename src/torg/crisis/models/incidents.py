"""Incidents: what is on while something serious happens, for how long, and who has taken part."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from torg.core import ids
from torg.core.actors import Actor
from torg.core.errors import InvalidTransition
from torg.crisis.types import IncidentState, Severity, TeamRole
from torg.people import queries
from torg.people.models import CalendarRow, Person, RoleAssignment, StandIn
from torg.people.scoping import ScopedQuerySet
from torg.people.types import Permission

NEXT_STATES = {
    IncidentState.RUNNING: {IncidentState.CLOSING},
    # Back to RUNNING when the second person sees that it is not over.
    IncidentState.CLOSING: {IncidentState.RUNNING, IncidentState.CLOSED},
    IncidentState.CLOSED: set(),
}


class SeatedQuerySet(ScopedQuerySet):
    """Incidents and their parts: for those with a role on the page, and of an exercise for those in its team.

    An exercise lends nobody a role (ADR 57), so a place in its team is seen by here, as long as it lasts.
    """

    # How a row finds its incident.
    incident_path = "pk"

    def visible_to(self, actor: Actor, *, at: datetime, permission: Permission = Permission.READ) -> Self:
        """Rows of the scopes where `actor` has `permission`; to read, also those of exercises they take part in."""
        if not isinstance(actor, Person) or permission != Permission.READ:
            return super().visible_to(actor, at=at, permission=permission)
        exercises = seats_held(actor, at=at).filter(incident__is_exercise=True).values("incident")
        scopes = queries.scopes_for(actor, permission, at=at).values("id")
        return self.filter(Q(scope_id__in=scopes) | Q(**{f"{self.incident_path}__in": exercises}))


class PartQuerySet(SeatedQuerySet):
    """The same of what belongs to an incident."""

    incident_path = "incident"


class Incident(models.Model):
    """Something serious that the municipality informs about (uønsket hendelse, krise), or an exercise of it (øvelse).

    It belongs to the main page's scope. Opened by one person; closed by two (`closing_asked_by`, `closed_by`).
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    title = models.CharField(max_length=120)
    severity = models.CharField(max_length=10, choices=Severity)
    state = models.CharField(max_length=10, choices=IncidentState, default=IncidentState.RUNNING)
    is_exercise = models.BooleanField(default=False)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="incidents_owned")
    holds_plan = models.BooleanField(default=True)
    widens_hours = models.BooleanField(default=True)
    allows_own_approval = models.BooleanField(default=True)
    # The widened answering hours, while this incident is the one that keeps them.
    hours_row = models.ForeignKey(CalendarRow, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    next_statement_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closing_asked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closing_asked_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    # The journal entry that it became when it was closed.
    entry_id = models.UUIDField(null=True, blank=True)

    objects = SeatedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="incident_state_is_known", condition=Q(state__in=IncidentState.values)),
            models.CheckConstraint(
                name="two_people_close_an_incident",
                condition=Q(closed_by=None) | ~Q(closed_by=F("closing_asked_by")),
            ),
            models.CheckConstraint(
                name="closed_incident_names_both",
                condition=Q(
                    state="CLOSED",
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                    closing_asked_by__isnull=False,
                )
                | (~Q(state="CLOSED") & Q(closed_at=None, closed_by=None)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["opened_at"], name="incident_running", condition=~Q(state="CLOSED")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def hold_code(self) -> str:
        """The reason under which this incident holds what is planned: each has its own hold."""
        return f"crisis:{self.public_id.hex}"

    def move_to(self, state: IncidentState) -> None:
        """Take the next state; raises InvalidTransition when there is no way there from this one."""
        now = IncidentState(self.state)
        if state not in NEXT_STATES[now]:
            raise InvalidTransition(
                gettext("What is “%(now)s” cannot become “%(next)s”.") % {"now": now.label, "next": state.label}
            )
        self.state = state


class IncidentPage(models.Model):
    """A page whose questions are gathered in the incident."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="pages")
    scope_id = models.UUIDField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_page_once_per_incident", fields=["incident", "scope_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.scope_id}"


class TeamMember(models.Model):
    """Somebody's place in the team of an incident (kriseteam), with the order in which they are called.

    `lent` is the role that they got with it, where they had none on the page; it ends with the place. An exercise
    lends none: there the place itself is what lets them in, and nowhere else.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=15, choices=TeamRole)
    may_approve = models.BooleanField(default=False)
    call_order = models.PositiveSmallIntegerField(default=1)
    lent = models.ForeignKey(RoleAssignment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_place_per_person", fields=["incident", "person"], condition=Q(until_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.incident_id}"


def seats_held(person: Person, *, at: datetime) -> models.QuerySet[TeamMember]:
    """The places that the person has now, and those of everyone the person stands in for; none for who has left."""
    if person.left_at is not None and person.left_at <= at:
        return TeamMember.objects.none()
    absent = StandIn.objects.in_force(at).filter(stand_in=person).values("absent_id")
    return TeamMember.objects.filter(Q(person=person) | Q(person_id__in=absent), until_at=None)


class HandOver(models.Model):
    """One shift hands over to the next (vaktskifte); complete when both have confirmed."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="hand_overs")
    from_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    note = models.TextField()
    handed_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="hand_over_to_somebody_else", condition=~Q(from_person=F("to_person"))),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
