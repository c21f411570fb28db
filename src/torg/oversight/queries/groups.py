"""Closed and secret groups, their members and reviews; for those who know of them only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from torg.core.actors import Actor
from torg.oversight.models import DutyRule, GroupMember, GroupReview
from torg.oversight.types import DutyCode, Membership
from torg.people.models import Person, RoleAssignment
from torg.people.types import Role
from torg.registry import queries as registry
from torg.registry.models import WITHOUT_API, Presence


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a group, and whether they work here."""

    row: GroupMember
    standing: Membership

    @property
    def is_outside(self) -> bool:
        """Whether the person should not be there."""
        return self.standing != Membership.EMPLOYED


@dataclass(frozen=True, slots=True)
class Group:
    """A group with what one must know to oversee it."""

    presence: Presence
    owners: Sequence[Person]
    members: Sequence[Member]
    reviews: Sequence[GroupReview]
    review_due_on: date | None
    today: date

    @property
    def outsiders(self) -> list[Member]:
        """Those who should not be there."""
        return [member for member in self.members if member.is_outside]

    @property
    def is_review_late(self) -> bool:
        """Whether its review should have been made."""
        return self.review_due_on is not None and self.review_due_on <= self.today


def groups(actor: Actor, *, at: datetime) -> list[Group]:
    """Every group that `actor` knows of, the open ones first."""
    visible = registry.presences_for(actor, at=at).filter(kind__in=WITHOUT_API)
    return gathered(visible, at=at)


def group_of(presence: Presence, *, at: datetime) -> Group:
    """A group that somebody sees already."""
    (found,) = gathered(Presence.objects.filter(pk=presence.pk), at=at)
    return found


def gathered(presences: QuerySet[Presence], *, at: datetime) -> list[Group]:
    """The groups with owners, members and reviews; five statements."""
    owning = RoleAssignment.objects.in_force(at).filter(role=Role.PAGE_ADMINISTRATOR).select_related("person")
    inside = GroupMember.objects.filter(ended_at=None).select_related("employee").order_by("employee__name", "told_as")
    looked = GroupReview.objects.select_related("reviewed_by").order_by("-reviewed_at")
    today = timezone.localtime(at).date()
    rules = {rule.kind: rule for rule in DutyRule.objects.in_force(today).filter(duty=DutyCode.REVIEW)}
    rows = presences.select_related("unit", "scope", "details__owner").prefetch_related(
        Prefetch("scope__roles", owning.order_by("person__name"), to_attr="owning"),
        Prefetch("members", inside, to_attr="inside"),
        Prefetch("group_reviews", looked, to_attr="looked"),
    )
    return [_group(row, rules.get(row.kind), today) for row in rows]


def outsiders(presence: Presence, *, on: date) -> list[GroupMember]:
    """Members of a group who do not work here on a day."""
    rows = GroupMember.objects.filter(presence=presence, ended_at=None).select_related("employee")
    return [row for row in rows if row.standing(on) != Membership.EMPLOYED]


def _group(row: Presence, rule: DutyRule | None, today: date) -> Group:
    told = vars(row)
    scope_roles = vars(row.scope)["owning"]
    reviews = told["looked"]
    since = timezone.localtime(reviews[0].reviewed_at if reviews else row.opened_at).date()
    return Group(
        presence=row,
        owners=list(dict.fromkeys([*_registered_owner(row), *(role.person for role in scope_roles)])),
        members=[Member(one, one.standing(today)) for one in told["inside"]],
        reviews=reviews,
        review_due_on=date.fromordinal(since.toordinal() + rule.amount) if rule and row.closed_at is None else None,
        today=today,
    )


def _registered_owner(row: Presence) -> list[Person]:
    details = getattr(row, "details", None)
    return [details.owner] if details is not None and details.owner is not None else []
