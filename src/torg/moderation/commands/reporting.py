"""Citizens report by the public form; what leads to no item a colleague places or lets go, and abuse is muted."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core import jobs
from torg.core.actors import Actor, Rule
from torg.core.errors import Invalid, InvalidTransition, NotFound
from torg.moderation import audit, events, loading, policies, queries, reporting
from torg.moderation.commands import opening
from torg.moderation.models import CitizenReport, LetGo, Muting, Report, TipState
from torg.moderation.reporting import Told
from torg.moderation.words import Ground
from torg.people.models import Person

# The visitor of the public form, who has no account here.
VISITOR = Rule("moderation.visitor", "1")
KEEPER = Rule("moderation.tips", "1")


@transaction.atomic
def receive_report(*, told: Told, by: Actor, at: datetime) -> CitizenReport:
    """Take what a citizen reports (tips); the link is followed to its item, and what leads to none waits for a person.

    The answer is the same either way, so that nobody learns from it what we have.

    Raises:
        Invalid: nothing is written, or too much.
        NotAllowed: the sender is muted.
        Unavailable: too much has come from there.
    """
    reporting.check_size(told)
    reporting.check_may_report(told, at=at)
    tip = CitizenReport(
        number=reporting.number(),
        link=told.link.strip(),
        ground=told.ground or "",
        text=told.text.strip(),
        email=told.email.strip(),
        language=told.language,
        sender=told.sender,
        received_at=at,
    )
    item = queries.item_of_link(tip.link)
    if item is not None and not item.is_own:
        _place(tip, item.public_id, by=by, at=at)
    tip.save()
    facts = {"state": tip.state.lower()}
    audit.record(events.TIP_RECEIVED, actor=by, scope=None, target=tip, at=at, facts=facts)
    return tip


@transaction.atomic
def place_report(*, tip_id: UUID, link: str = "", item_id: UUID | None = None, by: Person, at: datetime) -> Report:
    """Place a citizen's report on the item that it is about, by the item's link, its id here, or its conversation's.

    Raises NotAllowed, NotFound, Invalid when nothing that the person sees is there, InvalidTransition when it is
    dealt with.
    """
    tip = _for_change(tip_id, by=by, at=at)
    found = queries.item_of_link(link) if item_id is None else queries.item_named(by, item_id, at=at)
    if found is None:
        told = _("The link leads to nothing that we have. Copy the address of the comment itself.")
        raise Invalid(told, field="place")
    loading.item_or_absent(found.public_id, by=by, at=at)
    report = _place(tip, found.public_id, by=by, at=at)
    tip.handled_by, tip.handled_at = by, at
    tip.save()
    audit.record(events.TIP_PLACED, actor=by, scope=report.scope_id, target=tip, at=at)
    return report


@transaction.atomic
def let_report_go(*, tip_id: UUID, because: LetGo, by: Person, at: datetime) -> CitizenReport:
    """End a citizen's report that leads to no item of ours; whoever gave an address is told why.

    Raises NotAllowed, NotFound, InvalidTransition.
    """
    tip = _for_change(tip_id, by=by, at=at)
    tip.move_to(TipState.LET_GO)
    tip.let_go_because, tip.handled_by, tip.handled_at = because, by, at
    tip.save()
    if tip.email and because != LetGo.ABUSE:
        jobs.enqueue("moderation.tell_let_go", tip_id=str(tip.public_id))
    facts = {"because": because.lower()}
    audit.record(events.TIP_LET_GO, actor=by, scope=None, target=tip, at=at, facts=facts)
    return tip


@transaction.atomic
def mute_reporter(*, tip_id: UUID, days: int, reason: str, by: Person, at: datetime) -> list[Muting]:
    """Take no reports from the sender of this one for `days` days, at most 90, because reporting is abused.

    What is known of the sender are digests: of the network address for a week, of the e-mail address as long as we
    have it. Raises NotAllowed, NotFound, Invalid, InvalidTransition when nothing is known of the sender any more.
    """
    tip = _for_change(tip_id, by=by, at=at)
    policies.check_can_mute(by, at=at)
    if not reason.strip() or "\x00" in reason:
        raise Invalid(_("Say why, so that others can judge it."), field="reason")
    if not 1 <= days <= reporting.LONGEST_MUTING:
        raise Invalid(_("Choose between 1 and 90 days."), field="days")
    contact = tip.email or (tip.report.contact if tip.report else "")
    senders = [each for each in (tip.sender, reporting.sender_of(contact)) if each]
    if not senders:
        raise InvalidTransition(_("Nothing is known of the sender any more, so there is nobody to mute."))
    until = at + timedelta(days=days)
    made = [
        Muting.objects.create(sender=each, reason=reason.strip(), muted_by=by, muted_at=at, until_at=until)
        for each in senders
    ]
    facts = {"days": days, "senders": len(made)}
    audit.record(events.REPORTER_MUTED, actor=by, scope=None, target=tip, at=at, facts=facts)
    return made


@transaction.atomic
def end_muting(*, muting_id: UUID, by: Person, at: datetime) -> Muting:
    """Take reports from somebody again. Raises NotAllowed, NotFound, InvalidTransition when it is over."""
    policies.check_can_mute(loading.a_person(by), at=at)
    row = Muting.objects.select_for_update(of=("self",)).filter(public_id=muting_id).first()
    if row is None:
        raise NotFound(_("There is no such muting."))
    if row.until_at <= at:
        raise InvalidTransition(_("It is over already."))
    row.until_at = max(at, row.muted_at + timedelta(seconds=1))
    row.save(update_fields=["until_at"])
    audit.record(events.MUTING_ENDED, actor=by, scope=None, target=row, at=at)
    return row


@transaction.atomic
def note_told(*, report_id: UUID, at: datetime, by: Actor = KEEPER) -> None:
    """Note that the reporter knows the outcome, and forget where they wanted to hear it."""
    report = Report.objects.select_for_update(of=("self",)).get(public_id=report_id)
    report.contact, report.told_at = "", at
    report.save(update_fields=["contact", "told_at"])
    audit.record(events.REPORTER_TOLD, actor=by, scope=report.scope_id, target=report, at=at)


@transaction.atomic
def note_let_go_told(*, tip_id: UUID, at: datetime, by: Actor = KEEPER) -> None:
    """Note that the reporter knows why a report led nowhere, and forget the address."""
    tip = CitizenReport.objects.select_for_update(of=("self",)).get(public_id=tip_id)
    tip.email = ""
    tip.save(update_fields=["email"])
    audit.record(events.REPORTER_TOLD, actor=by, scope=None, target=tip, at=at)


@transaction.atomic
def forget_senders(*, at: datetime, by: Actor = KEEPER) -> int:
    """Forget the digests of network addresses after a week, and mutings that are over; returns how many rows."""
    old = CitizenReport.objects.exclude(sender="").filter(received_at__lt=at - reporting.SENDER_KEPT)
    forgotten = old.update(sender="") + Muting.objects.filter(until_at__lte=at).exclude(sender="").update(sender="")
    if forgotten:
        audit.record_batch(events.SENDERS_FORGOTTEN, actor=by, at=at, facts={"rows": forgotten})
    return forgotten


def _place(tip: CitizenReport, item_id: UUID, *, by: Actor, at: datetime) -> Report:
    """The report in the item's case; the address goes with it."""
    tip.move_to(TipState.PLACED)
    ground = Ground(tip.ground) if tip.ground else None
    tip.report = opening.report_item(
        item_id=item_id, ground=ground, text=tip.text, contact=tip.email, language=tip.language, by=by, at=at
    )
    tip.email = ""
    return tip.report


def _for_change(tip_id: UUID, *, by: Person, at: datetime) -> CitizenReport:
    """The report, locked; raises NotAllowed for whoever may not, NotFound."""
    policies.check_can_place(loading.a_person(by), at=at)
    seen = queries.tip_or_absent(tip_id)
    rows = CitizenReport.objects.select_related("report").select_for_update(of=("self",))
    locked: CitizenReport = rows.get(pk=seen.pk)
    return locked
