"""Take a case, mark what it is about, and say who must stay out of it."""

from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import Invalid, InvalidTransition
from torg.dialogue.models import Attachment
from torg.moderation import audit, deadlines, events, loading, policies, queries
from torg.moderation.models import Case, Involved, Passage
from torg.moderation.words import Ground, Involvement, Mark, shown_as
from torg.people import queries as people
from torg.people.models import Person


@transaction.atomic
def claim(*, case_id: UUID, by: Person, at: datetime) -> Case:
    """Take a case to work on, for as long as the municipality has set; taking it again takes it for longer.

    Raises NotFound, NotAllowed for those who only read or must stay out, InvalidTransition while a colleague has it.
    """
    case = loading.case_for_change(case_id, by=loading.a_person(by), at=at)
    policies.check_can_take_part(by, scope_id=case.scope_id, at=at)
    policies.check_not_involved(by, [case])
    policies.check_not_taken(by, case, at=at)
    case.claimed_by, case.claimed_until = by, at + timedelta(minutes=deadlines.setting().claim_minutes)
    case.save(update_fields=["claimed_by", "claimed_until"])
    audit.record(events.CLAIMED, actor=by, scope=case.scope_id, target=case, at=at)
    return case


@transaction.atomic
def release(*, case_id: UUID, by: Person, at: datetime) -> Case:
    """Let a case go that one has taken.

    Raises NotFound, InvalidTransition when somebody else has it.
    """
    case = loading.case_for_change(case_id, by=loading.a_person(by), at=at)
    if case.claimed_by_id != by.pk:
        raise InvalidTransition(_("You do not have this case. Load the page again."))
    case.claimed_by = case.claimed_until = None
    case.save(update_fields=["claimed_by", "claimed_until"])
    audit.record(events.RELEASED, actor=by, scope=case.scope_id, target=case, at=at)
    return case


@transaction.atomic
def pass_on_case(*, case_id: UUID, holder: Person, to: Person, by: Person, at: datetime) -> Case:
    """Give a case that somebody has taken to a colleague, who then has it for as long as the municipality has set.

    Raises NotFound, NotAllowed for a colleague who only reads or must stay out, InvalidTransition when `holder` does
    not have it any more.
    """
    case = loading.case_for_change(case_id, by=loading.a_person(by), at=at)
    policies.check_can_take_part(to, scope_id=case.scope_id, at=at)
    policies.check_not_involved(to, [case])
    if case.held_by(at) != holder:
        raise InvalidTransition(_("Somebody else has taken this case, or nobody has it any more."))
    case.claimed_by, case.claimed_until = to, at + timedelta(minutes=deadlines.setting().claim_minutes)
    case.save(update_fields=["claimed_by", "claimed_until"])
    facts = {"from": str(holder.public_id), "to": str(to.public_id)}
    audit.record(events.PASSED_ON, actor=by, scope=case.scope_id, target=case, at=at, facts=facts)
    return case


@transaction.atomic
def mark_passage(*, case_id: UUID, mark: Mark, ground: Ground, by: Person, at: datetime) -> Passage:
    """Mark the place that breaks a rule: without one, nothing can be proposed.

    Raises NotFound, NotAllowed, InvalidTransition for a case that is decided, Invalid for a place outside the text
    or a rule that does not hold.
    """
    case = loading.case_for_change(case_id, by=loading.a_person(by), at=at)
    policies.check_can_take_part(by, scope_id=case.scope_id, at=at)
    policies.check_not_involved(by, [case])
    policies.check_open(case)
    rule = queries.rule_or_absent(mark.rule_id)
    version = queries.version_in_force(rule, at=at)
    if version is None:
        raise Invalid(_("This rule does not hold today. Choose another."), field="rule")
    passage = Passage.objects.create(
        case=case,
        version_number=case.item.version_count,
        start=mark.start,
        end=mark.end,
        attachment=_attachment(case, mark),
        rule=rule,
        ground=ground,
        marked_by=by,
        marked_at=at,
    )
    case.bump()
    audit.record(
        events.MARKED,
        actor=by,
        scope=case.scope_id,
        target=passage,
        at=at,
        facts={"case": str(case.public_id), "rule": rule.number, "ground": shown_as(ground).lower()},
    )
    return passage


@transaction.atomic
def name_subject(*, case_id: UUID, person_id: UUID, note: str = "", by: Person, at: datetime) -> Involved:
    """Say which colleague the text is about: that person takes no part in deciding (fvl. § 6).

    Raises NotFound, NotAllowed for those who only read.
    """
    case = loading.case_for_change(case_id, by=loading.a_person(by), at=at)
    policies.check_can_take_part(by, scope_id=case.scope_id, at=at)
    subject = people.person_or_absent(person_id)
    told = _involve(case, subject, Involvement.SUBJECT, note, by=by, at=at)
    facts = {"case": str(case.public_id), "person": str(subject.public_id), "why": Involvement.SUBJECT.lower()}
    audit.record(events.INVOLVED, actor=by, scope=case.scope_id, target=case, at=at, facts=facts)
    return told


@transaction.atomic
def declare_partial(*, case_id: UUID, note: str = "", by: Person, at: datetime) -> Involved:
    """Say of oneself that one is partial (inhabil); the case is let go, and somebody else takes it.

    Raises NotFound.
    """
    case = loading.case_for_change(case_id, by=loading.a_person(by), at=at)
    told = _involve(case, by, Involvement.PARTIAL, note, by=by, at=at)
    facts = {"case": str(case.public_id), "person": str(by.public_id), "why": Involvement.PARTIAL.lower()}
    audit.record(events.INVOLVED, actor=by, scope=case.scope_id, target=case, at=at, facts=facts)
    return told


def _involve(case: Case, person: Person, why: Involvement, note: str, *, by: Person, at: datetime) -> Involved:
    told, _is_new = Involved.objects.get_or_create(
        case=case, person=person, defaults={"why": why, "note": note.strip(), "told_by": by, "told_at": at}
    )
    if case.claimed_by_id == person.pk:
        case.claimed_by = case.claimed_until = None
    case.bump()
    return told


def _attachment(case: Case, mark: Mark) -> Attachment | None:
    """The attachment that is marked; a mark in the text lies within it. Raises Invalid."""
    if mark.version is not None and mark.version != case.item.version_count:
        raise Invalid(_("The author has changed the text. Read it again, and mark the passage anew."), field="start")
    if mark.attachment_id is not None:
        found = Attachment.objects.filter(item=case.item, public_id=mark.attachment_id).first()
        if found is None:
            raise Invalid(_("This attachment does not belong to the text."), field="attachment")
        return cast(Attachment, found)
    if not 0 <= mark.start < mark.end <= len(case.item.text):
        raise Invalid(_("Mark the passage that breaks the rule."), field="start")
    return None
