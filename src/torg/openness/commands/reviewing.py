"""What an archivist decides about entries that wait for the public journal."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition
from torg.openness import events, loading, policies, proposing, sending, stepping
from torg.openness.models import PublicEntry
from torg.openness.types import STARS, PublicationState, PublicFacts, PublicParty, Wording
from torg.people.types import Permission
from torg.records import days
from torg.records.policies import check_is_a_person


@transaction.atomic
def approve(*, public_entry_id: UUID, wording: Wording, by: Actor, at: datetime) -> PublicEntry:
    """Make an entry public, as it was proposed or corrected.

    Raises NotFound, NotAllowed (a person reviews), Invalid where something stands in it that nobody may publish, or
    that needs a reason, InvalidTransition.
    """
    check_is_a_person(by)
    row = loading.entry_for_review(public_entry_id, by=by, at=at)
    proposing.put(row, _corrected(row, wording))
    policies.check_may_stand(row, because=wording.because)
    _publish(row, wording.because, by=by, at=at)
    audit.record(events.PUBLISHED, actor=by, scope=row.scope_id, target=row, at=at, facts=stepping.facts(row))
    return row


@transaction.atomic
def approve_day(*, day: date, by: Actor, at: datetime) -> int:
    """Make public all entries of a day in which nothing was found; returns how many. The others wait for a look each.

    Raises NotAllowed (a person reviews).
    """
    check_is_a_person(by)
    rows = PublicEntry.objects.visible_to(by, at=at, permission=Permission.JOURNAL).filter(
        day=day, state=PublicationState.PROPOSED, findings=[]
    )
    clean = list(rows.select_related("entry__case_file").select_for_update(of=("self",)).order_by("id"))
    for row in clean:
        _publish(row, "", by=by, at=at)
        audit.record(events.PUBLISHED, actor=by, scope=row.scope_id, target=row, at=at, facts=stepping.facts(row))
    return len(clean)


@transaction.atomic
def keep_out(*, public_entry_id: UUID, because: str, by: Actor, at: datetime) -> PublicEntry:
    """Leave an entry out of the public journal, with a reason. Raises NotFound, NotAllowed, Invalid."""
    row = _take(public_entry_id, PublicationState.KEPT_OUT, because, by=by, at=at)
    audit.record(events.KEPT_OUT, actor=by, scope=row.scope_id, target=row, at=at, facts=stepping.facts(row))
    return row


@transaction.atomic
def withdraw(*, public_entry_id: UUID, because: str, by: Actor, at: datetime) -> PublicEntry:
    """Take an entry out of the public journal again, with a reason. Raises NotFound, NotAllowed, Invalid."""
    row = _take(public_entry_id, PublicationState.WITHDRAWN, because, by=by, at=at)
    audit.record(events.WITHDRAWN, actor=by, scope=row.scope_id, target=row, at=at, facts=stepping.facts(row))
    return row


@transaction.atomic
def propose_again(*, public_entry_id: UUID, by: Actor, at: datetime) -> PublicEntry:
    """Review anew what was kept out or withdrawn. Raises NotFound, NotAllowed, InvalidTransition."""
    row = loading.entry_for_review(public_entry_id, by=by, at=at)
    if row.state == PublicationState.PUBLISHED:
        raise InvalidTransition(_("The entry is public. Withdraw it first."))
    row.proposal = proposing.facts_of(row.entry, is_neutral=row.is_neutral)
    proposing.put(row, row.proposal)
    stepping.step(row, PublicationState.PROPOSED, because="", by=by, at=at)
    audit.record(events.PROPOSED_AGAIN, actor=by, scope=row.scope_id, target=row, at=at, facts=stepping.facts(row))
    return row


def _publish(row: PublicEntry, because: str, *, by: Actor, at: datetime) -> None:
    proposing.index(row, today=days.day_of(at))
    stepping.step(row, PublicationState.PUBLISHED, because=because, by=by, at=at)
    sending.plan(row, at=at)


def _take(public_entry_id: UUID, state: PublicationState, because: str, *, by: Actor, at: datetime) -> PublicEntry:
    row = loading.entry_for_review(public_entry_id, by=by, at=at)
    if not because.strip():
        raise Invalid(_("Say why."), field="because")
    row.names = row.bodies = ""
    stepping.step(row, state, because=because, by=by, at=at)
    sending.plan(row, at=at)
    return row


def _corrected(row: PublicEntry, wording: Wording) -> PublicFacts:
    """The archivist's words; of a secret group nothing more can be told than its neutral title."""
    if row.is_neutral:
        return proposing.facts_in(row)
    parties = [
        PublicParty(
            role=party["role"],
            name=STARS if place in wording.masked else party["name"],
            is_person=party["is_person"],
        )
        for place, party in enumerate(row.parties)
    ]
    return PublicFacts(title=wording.title, case_title=wording.case_title, parties=parties, ground=row.ground)
