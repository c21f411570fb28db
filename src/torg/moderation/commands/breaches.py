"""A breach of personal data: opened from a case, assessed, decided within 72 hours, notified, closed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core import jobs
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition
from torg.moderation import audit, breaching, events, loading, policies, queries
from torg.moderation.breaching import Assessment
from torg.moderation.models import Breach, BreachState, Risk
from torg.moderation.models.breaches import NOTIFY_WITHIN, UNFINISHED
from torg.moderation.words import DEADLINES
from torg.people.models import Person


@transaction.atomic
def open_breach(*, case_id: UUID, known_at: datetime | None = None, by: Person, at: datetime) -> Breach:
    """Open the assessment of a breach from a case (avvik); the 72 hours run from when we knew.

    Args:
        case_id: the case with what was exposed.
        known_at: when the municipality knew; when the case was opened, if it was found no earlier.
        by: who opens it.
        at: now.

    Raises NotFound, NotAllowed without the right to open what is sensitive, Invalid for a time ahead. A case has one
    breach: opened again, it is the same one.
    """
    case = loading.case_for_change(case_id, by=loading.a_person(by), at=at)
    policies.check_can_handle_breach(by, scope_id=case.scope_id, at=at)
    known: Breach | None = Breach.objects.filter(case=case).first()
    if known is not None:
        return known
    since = known_at or case.opened_at
    if since > at:
        raise Invalid(_("We cannot have known of it before it is so. Give a time that is past."), field="known_at")
    breach = Breach.objects.create(
        scope_id=case.scope_id,
        case=case,
        known_at=since,
        notify_by=since + NOTIFY_WITHIN,
        opened_by=by,
        opened_at=at,
    )
    audit.record(events.BREACH_OPENED, actor=by, scope=breach.scope_id, target=breach, at=at)
    return breach


@transaction.atomic
def assess_breach(
    *, breach_id: UUID, assessment: Assessment, seen_version: int | None = None, by: Person, at: datetime
) -> Breach:
    """Write what is judged of it so far; the authority takes what is known in parts (article 33 (4)).

    Raises NotFound, NotAllowed, Stale, Invalid, InvalidTransition when it is decided.
    """
    breach = _for_change(breach_id, by=by, at=at)
    breaching.check_seen(breach, seen_version)
    if breach.state not in UNFINISHED:
        raise InvalidTransition(_("This is decided. Take it up again to change what was judged."))
    given = assessment
    breaching.check_words(given.what, given.whom, given.consequence, given.measures)
    breach.what, breach.exposed, breach.whom = given.what.strip(), given.exposed, given.whom.strip()
    breach.how_many, breach.risk = given.how_many, given.risk
    breach.consequence, breach.measures = given.consequence.strip(), given.measures.strip()
    breach.assessed_by, breach.assessed_at = by, at
    _bump(breach)
    audit.record(events.BREACH_ASSESSED, actor=by, scope=breach.scope_id, target=breach, at=at)
    return breach


@transaction.atomic
def decide_breach(*, breach_id: UUID, notifies: bool, reason: str, by: Person, at: datetime) -> Breach:
    """Decide whether the authority is notified; not to is possible only where harm is unlikely (article 33 (1)).

    Raises NotFound, NotAllowed for all but those who may agree to deletions, Invalid without a reason, before it is
    assessed, or for silence about a risk; InvalidTransition.
    """
    breach = _for_change(breach_id, by=by, at=at)
    policies.check_can_decide_breach(by, scope_id=breach.scope_id, at=at)
    breaching.check_words(reason)
    if not breach.is_assessed:
        raise Invalid(_("Assess it first: what, whom, what can follow, what is done, and the risk."))
    if not notifies and breach.risk != Risk.UNLIKELY:
        raise Invalid(_("Where somebody may be harmed, the authority must be notified."), field="notifies")
    if not reason.strip():
        raise Invalid(_("Say why: the register must show it."), field="reason")
    breach.move_to(BreachState.TO_NOTIFY if notifies else BreachState.NOT_NOTIFIED)
    breach.reason, breach.decided_by, breach.decided_at = reason.strip(), by, at
    _bump(breach)
    facts = {"state": breach.state.lower()}
    audit.record(events.BREACH_DECIDED, actor=by, scope=breach.scope_id, target=breach, at=at, facts=facts)
    return breach


@transaction.atomic
def reassess_breach(*, breach_id: UUID, by: Person, at: datetime) -> Breach:
    """Take a decision up again because one knows more; the clock is the same. Raises as `decide_breach` does."""
    breach = _for_change(breach_id, by=by, at=at)
    policies.check_can_decide_breach(by, scope_id=breach.scope_id, at=at)
    breach.move_to(BreachState.ASSESSING)
    _bump(breach)
    audit.record(events.BREACH_REASSESSED, actor=by, scope=breach.scope_id, target=breach, at=at)
    return breach


@transaction.atomic
def note_notified(*, breach_id: UUID, reference: str = "", late_because: str = "", by: Person, at: datetime) -> Breach:
    """Note that the authority is notified, with its number, and after the 72 hours with the reason (article 33 (1)).

    Raises NotFound, NotAllowed, Invalid when it is late without a reason, InvalidTransition.
    """
    breach = _for_change(breach_id, by=by, at=at)
    policies.check_can_decide_breach(by, scope_id=breach.scope_id, at=at)
    breaching.check_words(reference, late_because)
    if at > breach.notify_by and not late_because.strip():
        raise Invalid(_("The 72 hours have passed. Say why it is late."), field="late_because")
    breach.move_to(BreachState.NOTIFIED)
    breach.notified_by, breach.notified_at = by, at
    breach.reference, breach.late_because = reference.strip()[:60], late_because.strip()
    _bump(breach)
    facts = {"is_late": int(at > breach.notify_by)}
    audit.record(events.BREACH_NOTIFIED, actor=by, scope=breach.scope_id, target=breach, at=at, facts=facts)
    return breach


@transaction.atomic
def note_affected(*, breach_id: UUID, not_told_because: str = "", by: Person, at: datetime) -> Breach:
    """Note that those affected are told, or why they are not (article 34). Raises as `decide_breach` does."""
    breach = _for_change(breach_id, by=by, at=at)
    policies.check_can_decide_breach(by, scope_id=breach.scope_id, at=at)
    breaching.check_words(not_told_because)
    if breach.state == BreachState.CLOSED:
        raise InvalidTransition(_("This is closed."))
    breach.affected_not_told = not_told_because.strip()
    breach.affected_told_at = None if breach.affected_not_told else at
    _bump(breach)
    facts = {"are_told": int(not breach.affected_not_told)}
    audit.record(events.BREACH_AFFECTED, actor=by, scope=breach.scope_id, target=breach, at=at, facts=facts)
    return breach


@transaction.atomic
def close_breach(*, breach_id: UUID, by: Person, at: datetime) -> Breach:
    """End it; the register keeps it (article 33 (5)).

    Raises as `decide_breach` does, and Invalid at high risk before it is noted whether those affected are told.
    """
    breach = _for_change(breach_id, by=by, at=at)
    policies.check_can_decide_breach(by, scope_id=breach.scope_id, at=at)
    breach.move_to(BreachState.CLOSED)
    if breach.risk == Risk.HIGH and not (breach.affected_told_at or breach.affected_not_told):
        raise Invalid(_("At high risk those affected must be told. Note it, or why it is not possible."))
    breach.closed_at = at
    _bump(breach)
    audit.record(events.BREACH_CLOSED, actor=by, scope=breach.scope_id, target=breach, at=at)
    return breach


@transaction.atomic
def warn_of_breaches(*, at: datetime, by: Actor = DEADLINES) -> int:
    """Call those who decide before the deadline of what is open, each step once; returns how many were due."""
    due = 0
    for breach in Breach.objects.select_for_update(of=("self",)).filter(state__in=UNFINISHED).order_by("notify_by"):
        steps = breaching.due_alarms(breach, at=at)
        if steps <= breach.warned:
            continue
        breach.warned = steps
        breach.save(update_fields=["warned"])
        due += 1
        people = breaching.called(breach, at=at)
        for person in people:
            jobs.enqueue("moderation.mail_breach", breach_id=str(breach.public_id), person_id=str(person.public_id))
        facts = {"step": steps, "called": len(people)}
        audit.record(events.BREACH_ALARM, actor=by, scope=breach.scope_id, target=breach, at=at, facts=facts)
    return due


def _for_change(breach_id: UUID, *, by: Person, at: datetime) -> Breach:
    seen = queries.breach_or_absent(breach_id, person=loading.a_person(by), at=at)
    locked: Breach = Breach.objects.select_related("case__item").select_for_update(of=("self",)).get(pk=seen.pk)
    return locked


def _bump(breach: Breach) -> None:
    """Save it as changed: whoever saw it before this has seen another version."""
    breach.version += 1
    breach.save()
