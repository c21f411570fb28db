"""Stand-ins: who has whose roles, and when."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core import jobs
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotAllowed
from torg.people import events, notifying, policies, queries
from torg.people.acting import person_or_none
from torg.people.models import Person, StandIn
from torg.people.types import NotificationKind, Permission


@transaction.atomic
def name_stand_in(
    *, absent: Person, stand_in: Person, from_at: datetime, until_at: datetime, by: Actor, at: datetime
) -> StandIn:
    """Let `stand_in` have the roles of `absent` in a period (stedfortreder). One may do it for oneself.

    The right to agree to deletions among them waits for a second person when a person names the stand-in (strategy B3);
    all else holds at once.

    Raises NotAllowed for others without the right to manage people, Invalid when the period or the pair is wrong.
    """
    if not (isinstance(by, Person) and by.pk == absent.pk):
        policies.check_may(by, Permission.MANAGE_PEOPLE, scope_id=None, at=at)
    if absent.pk == stand_in.pk:
        raise Invalid(_("Choose somebody else as stand-in."), field="stand_in")
    if until_at <= from_at:
        raise Invalid(_("The last day must come after the first."), field="until_at")
    if stand_in.left_at is not None and stand_in.left_at <= from_at:
        raise Invalid(_("This person has left, and cannot stand in."), field="stand_in")
    if queries.is_away(stand_in, from_at=from_at, until_at=until_at):
        raise Invalid(_("This person is away too in that time. Choose somebody else as stand-in."), field="stand_in")
    row = StandIn.objects.create(
        absent=absent,
        stand_in=stand_in,
        from_at=from_at,
        until_at=until_at,
        named_by=person_or_none(by),
        agreed_at=None if isinstance(by, Person) else at,
    )
    audit.record(
        events.STAND_IN_NAMED,
        actor=by,
        scope=None,
        target=row,
        at=at,
        facts={"absent": str(absent.public_id), "stand_in": str(stand_in.public_id)},
    )
    if not (isinstance(by, Person) and by.pk == absent.pk):
        notifying.tell([absent], NotificationKind.AWAY, path=reverse("people:absence"), key=str(row.public_id), at=at)
    notifying.tell([stand_in], NotificationKind.STAND_IN, path="/desk/", key=str(row.public_id), at=at)
    _tell_of_uncovered(row, at=at)
    _announce(row, at=at)
    return row


@transaction.atomic
def agree_to_stand_in(*, stand_in_id: UUID, by: Person, at: datetime) -> StandIn:
    """Agree, as a second person, that a stand-in may agree to deletions as the absent person may now.

    Raises NotAllowed for the absent, the stand-in, whoever named the stand-in, one who has the right only as stand-in
    for any of them, or without it everywhere that the absent has it; InvalidTransition when nothing waits.
    """
    row = queries.stand_in_or_absent(stand_in_id, at=at)
    if row.agreed_at is not None or not queries.agreement_lent(row, at=at).exists():
        raise InvalidTransition(_("This stand-in does not wait for anyone."))
    if not queries.may_agree_to_stand_in(by, row, at=at):
        raise NotAllowed(_("Somebody else must agree: one who can agree to deletions, and has no part in this."))
    row.agreed_by, row.agreed_at = by, at
    row.save(update_fields=["agreed_by", "agreed_at"])
    audit.record(events.STAND_IN_AGREED, actor=by, scope=None, target=row, at=at)
    _announce(row, at=at)
    return row


@transaction.atomic
def end_stand_in(*, stand_in_id: UUID, by: Actor, at: datetime) -> None:
    """End a stand-in period now, or take back one that has not begun.

    Raises NotAllowed for others than the absent person without the right to manage people.
    """
    row = queries.stand_in_or_absent(stand_in_id, at=at)
    if not (isinstance(by, Person) and by.pk == row.absent_id):
        policies.check_may(by, Permission.MANAGE_PEOPLE, scope_id=None, at=at)
    audit.record(events.STAND_IN_ENDED, actor=by, scope=None, target=row, at=at)
    if row.from_at >= at:
        row.delete()
        return
    row.until_at = at
    row.save(update_fields=["until_at"])


def _tell_of_uncovered(row: StandIn, *, at: datetime) -> None:
    # Nobody stands in for a stand-in: whoever they stand in for needs another, and those who manage people must know.
    for other in queries.left_uncovered(row):
        told = queries.holders(Permission.MANAGE_PEOPLE, at=at).exclude(pk=row.absent_id)
        path = reverse("people:person", args=[other.absent.public_id])
        key = f"{other.public_id} {row.public_id}"
        notifying.tell([*told, other.absent], NotificationKind.UNCOVERED, path=path, key=key, at=at)


def _announce(row: StandIn, *, at: datetime) -> None:
    # The right to agree to deletions is never lent quietly, no more than it is given so (strategy B3).
    if queries.agreement_lent(row, at=at).exists():
        jobs.enqueue("people.announce_stand_in", stand_in_id=str(row.public_id))
