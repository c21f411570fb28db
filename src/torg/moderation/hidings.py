"""Ending a temporary hiding, and calling people when it waits too long."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from torg.connectors.contract import ActKind
from torg.core import jobs
from torg.core.actors import Actor
from torg.moderation import acts, addresses, deadlines
from torg.moderation.models import Case, Escalation, Proposal, TemporaryHiding
from torg.moderation.words import HidingState
from torg.outbox import commands as outbox
from torg.outbox.models import ActState, OutboxAct
from torg.people import queries as people
from torg.people.models import Person, RoleAssignment
from torg.people.types import Role


def end(hiding: TemporaryHiding, case: Case, state: HidingState, *, by: Actor, at: datetime) -> None:
    """Show the item again, or take the hiding back where it has not left us yet."""
    hiding.move_to(state)
    hiding.ended_at = at
    hiding.save(update_fields=["state", "ended_at"])
    planned = OutboxAct.objects.filter(subject_kind=acts.HIDING, subject_id=hiding.public_id, kind=ActKind.HIDE.value)
    hidden = planned.select_for_update().order_by("-id").first()
    if hidden is not None and hidden.state == ActState.PLANNED:
        outbox.withdraw(act_id=hidden.public_id, by=by, at=at)
    else:
        outbox.plan(acts.on_item(ActKind.UNHIDE, case.item, subject=acts.HIDING, subject_id=hiding.public_id), at=at)


def is_due(hiding: TemporaryHiding, *, at: datetime) -> bool:
    """Whether the next step is due: the first at the deadline, each further one some minutes after."""
    if hiding.step > len(people.on_duty(at=at)):
        return False
    wait = timedelta(minutes=deadlines.setting().escalate_minutes)
    return at >= hiding.deadline_at + hiding.step * wait


def call_next(hiding: TemporaryHiding, *, at: datetime) -> int:
    """Call those of the next step; each is recorded, and told by mail. Returns how many were called."""
    hiding.step += 1
    hiding.save(update_fields=["step"])
    called = 0
    for person in people_of_step(hiding, at=at):
        _row, is_new = Escalation.objects.get_or_create(
            hiding=hiding, step=hiding.step, person=person, defaults={"raised_at": at}
        )
        called += is_new
    if called:
        jobs.enqueue("moderation.mail_escalations", once="moderation.mail_escalations")
    return called


def people_of_step(hiding: TemporaryHiding, *, at: datetime) -> list[Person]:
    """One on duty after the other; then the leaders of the page, and those who may agree, all together. Then nobody."""
    roster = people.on_duty(at=at)
    if hiding.step <= len(roster):
        return [roster[hiding.step - 1]]
    if hiding.step > len(roster) + 1:
        return []
    leaders = RoleAssignment.objects.in_force(at).filter(role=Role.LEADER, person__left_at=None)
    here = leaders.filter(scope_id=hiding.scope_id) | leaders.filter(scope=None)
    agreers = people.agreers(scope_id=hiding.scope_id, at=at).values("pk")
    return list(Person.objects.filter(pk__in=here.values("person")).union(Person.objects.filter(pk__in=agreers)))


def mail(called: Escalation) -> None:
    """Tell somebody where to look, in their own language; never what was written."""
    with translation.override(called.person.language):
        if called.hiding.stays_hidden:
            subject = _("A hidden text waits for a decision")
            told = _("A text was hidden for now, and nobody has decided in time. It stays hidden until somebody does:")
        else:
            subject = _("A hidden text is shown again")
            told = _("A text was hidden for now, and nobody decided in time. Everybody can read it again:")
        address = _page_of(called.hiding.case.public_id)
        send_mail(
            subject=subject, message=f"{told}\n\n{address}", from_email=None, recipient_list=[called.person.email]
        )


def mail_agreer(proposal: Proposal, person: Person) -> None:
    """Tell somebody that their answer is needed now; never what it is about, nor why it cannot wait."""
    case_id = proposal.targets.values_list("case__public_id", flat=True).first()
    with translation.override(person.language):
        send_mail(
            subject=_("A proposal waits for your answer"),
            message=_("A colleague has hidden a text and asks you to answer at once:") + f"\n\n{_page_of(case_id)}",
            from_email=None,
            recipient_list=[person.email],
        )


def _page_of(case_id: UUID | None) -> str:
    return f"{settings.PUBLIC_ADDRESS}{addresses.of_case(case_id)}"
