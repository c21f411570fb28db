"""Closed and secret groups: who is in them, reviews, and the overview for inspection."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition
from torg.oversight import events, loading, policies, queries
from torg.oversight.models import GroupMember, GroupReview
from torg.people import queries as people
from torg.people.acting import person_or_none
from torg.people.models import Employee, Person
from torg.people.types import Permission
from torg.registry import queries as registry
from torg.registry.models import WITHOUT_API, Presence

MOST_LINES = 2000
LONGEST_LINE = 150


@dataclass(frozen=True, slots=True)
class Registered:
    """What a list of members led to."""

    added: tuple[GroupMember, ...]
    strangers: tuple[GroupMember, ...]
    already: int


@transaction.atomic
def register_members(*, presence_id: UUID, told: str, by: Actor, at: datetime) -> Registered:
    """Register members of a group from a list, one on each line: employee number, e-mail address or name.

    Each is looked for among those who work here now. Whoever is not found, or could be several, is registered as a
    stranger, to be looked into: nobody is left out because a list is badly written.

    Raises NotFound outside what `by` sees, NotAllowed for one who does not work on the group, Invalid for a page that
    is no group, an empty list or one that is too long.
    """
    presence = registry.presence_or_absent(by, presence_id, at=at, lock=True)
    policies.check_can_look(by, presence.scope_id, at=at)
    policies.check_is_group(presence)
    lines = list(dict.fromkeys(line.strip() for line in told.splitlines() if line.strip()))
    if not lines or len(lines) > MOST_LINES or max(map(len, lines)) > LONGEST_LINE:
        raise Invalid(_("Write one member on each line: a number, an e-mail address or a name."), field="told")
    members, already = _members(presence, lines, by=by, at=at)
    made = GroupMember.objects.bulk_create(members)
    registered = Registered(
        added=tuple(row for row in made if row.employee is not None),
        strangers=tuple(row for row in made if row.employee is None),
        already=already,
    )
    facts = {"added": len(registered.added), "strangers": len(registered.strangers)}
    audit.record(events.MEMBERS_REGISTERED, actor=by, scope=presence.scope_id, target=presence, at=at, facts=facts)
    return registered


@transaction.atomic
def end_membership(*, member_id: UUID, by: Person, at: datetime) -> GroupMember:
    """Record that somebody is out of a group on the platform.

    Raises NotFound outside what `by` sees, NotAllowed for one who does not work on it, InvalidTransition when
    it is recorded.
    """
    row: GroupMember = loading.one(GroupMember.objects.all(), member_id, by=by, at=at)
    policies.check_can_look(by, row.scope_id, at=at)
    if row.ended_at is not None:
        raise InvalidTransition(_("This person is recorded as out of the group already."))
    row.ended_at, row.ended_by = at, by
    row.save(update_fields=["ended_at", "ended_by"])
    audit.record(events.MEMBER_ENDED, actor=by, scope=row.scope_id, target=row, at=at)
    return row


@transaction.atomic
def review_group(
    *, presence_id: UUID, has_checked_members: bool, is_free_of_cases: bool, note: str, by: Person, at: datetime
) -> GroupReview:
    """Review a group: who is in it, and whether persons and cases are kept out of it (strategy C8).

    Raises NotFound outside what `by` sees, NotAllowed for one who does not work on it, Invalid for a page that is no
    group, for an all-clear while somebody in it does not work here, or without a word on what is wrong.
    """
    presence = registry.presence_or_absent(by, presence_id, at=at, lock=True)
    policies.check_can_look(by, presence.scope_id, at=at)
    policies.check_is_group(presence)
    outsiders = queries.outsiders(presence, on=timezone.localtime(at).date())
    if has_checked_members and outsiders:
        raise Invalid(_("Some in the group do not work here. Take them out first."), field="has_checked_members")
    if not (has_checked_members and is_free_of_cases) and not note.strip():
        raise Invalid(_("Write what is wrong, and what you do about it."), field="note")
    row = GroupReview.objects.create(
        scope_id=presence.scope_id,
        presence=presence,
        reviewed_by=by,
        reviewed_at=at,
        has_checked_members=has_checked_members,
        is_free_of_cases=is_free_of_cases,
        note=note.strip(),
    )
    facts = {"members": int(has_checked_members), "free": int(is_free_of_cases)}
    audit.record(events.GROUP_REVIEWED, actor=by, scope=presence.scope_id, target=row, at=at, facts=facts)
    return row


@transaction.atomic
def export_groups(*, by: Person, at: datetime) -> Sequence[Presence]:
    """Take out the overview of groups for inspection; returns the groups that `by` knows of.

    The log tells of it once openly, without a word of how many, and once in each group to those who know of it.

    Raises NotAllowed without the right to manage pages for the whole municipality.
    """
    policies.check_can_rule(by, at=at)
    visible = Presence.objects.visible_to(by, at=at, permission=Permission.MANAGE_PRESENCE)
    groups = list(visible.filter(kind__in=WITHOUT_API).select_related("unit").order_by("closed_at", "name", "id"))
    audit.record(events.GROUPS_EXPORTED, actor=by, scope=None, target=None, at=at)
    for group in groups:
        audit.record(events.GROUP_EXPORTED, actor=by, scope=group.scope_id, target=group, at=at)
    return groups


def _members(presence: Presence, lines: Sequence[str], *, by: Actor, at: datetime) -> tuple[list[GroupMember], int]:
    running = GroupMember.objects.filter(presence=presence, ended_at=None)
    known = set(running.exclude(employee=None).values_list("employee", flat=True))
    strangers = set(running.filter(employee=None).values_list("told_as", flat=True))
    made, already = [], 0
    for line in lines:
        employee = _employee(line, at)
        if (employee.pk in known) if employee else (line in strangers):
            already += 1
            continue
        if employee:
            known.add(employee.pk)
        made.append(
            GroupMember(
                scope_id=presence.scope_id,
                presence=presence,
                employee=employee,
                told_as="" if employee else line,
                since_at=at,
                added_by=person_or_none(by),
            )
        )
    return made, already


def _employee(line: str, at: datetime) -> Employee | None:
    """The one employee who is meant; None when there is none or more than one."""
    working = people.employed(timezone.localtime(at).date())
    meant = Q(number=line) | Q(email__iexact=line) | Q(user_name__iexact=line) | Q(name__iexact=line)
    found = list(working.filter(meant)[:2])
    return found[0] if len(found) == 1 else None
