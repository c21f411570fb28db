"""Taking in what people write, and working deadlines out again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from torg.audit import commands as audit
from torg.channels.types import Batch
from torg.core.actors import Actor
from torg.dialogue import commands as dialogue
from torg.dialogue import queries as dialogues
from torg.inbox import clocks, events, intake, live
from torg.inbox.models import Clock, Enquiry
from torg.inbox.types import DEADLINES, INTAKE
from torg.triage import commands as triage
from torg.triage import hosts, readings


@transaction.atomic
def take_in(*, batch: Batch, at: datetime, by: Actor = INTAKE) -> None:
    """Take a batch all the way: items, findings, enquiries, clocks, alarms; browsers are told when it commits.

    Runs in the transaction that marks the deliveries as processed, so that each is taken in once or not at all.

    Args:
        batch: events of several deliveries, in the order they arrived.
        at: now; when they arrived and were written, each event says itself.
        by: the rule that acts.
    """
    # Absorbing locks the page: the texts are looked through before, so that two workers can do that side by side.
    read = readings.read_all(dialogues.texts_in(batch), hosts.current())
    masks = {text: reading.masked_text for text, reading in read.items()}
    absorbed = dialogue.absorb(batch=batch, by=by, at=at, masks=masks)
    assessments = triage.assess(absorbed=absorbed, by=by, at=at, read=read)
    taken = intake.into_queue(absorbed, assessments, at=at)
    facts = {"opened": taken.opened, "reopened": taken.reopened, "facts": taken.facts, "alarms": taken.alarms}
    audit.record_batch(events.TAKEN_IN, actor=by, at=at, facts={"events": len(batch.events), **facts})


@transaction.atomic
def recompute(*, enquiry_ids: Sequence[UUID] | None = None, at: datetime, by: Actor = DEADLINES) -> list[Clock]:
    """Work the clocks out again from their facts: after a change of hours or rules, or to check that nothing differs.

    Ended clocks keep the hours that they were counted by. Without `enquiry_ids`, all with a running clock or
    without an answer.
    """
    rows = Enquiry.objects.select_for_update().order_by("id")
    wanted = (
        rows.filter(public_id__in=enquiry_ids) if enquiry_ids is not None else rows.exclude(first_unanswered_at=None)
    )
    enquiries = list(wanted)
    changed = clocks.settle(enquiries, at=at)
    moved = {clock.enquiry_id for clock in changed}
    for enquiry in enquiries:
        if enquiry.pk in moved:
            enquiry.save(update_fields=["due_at", "first_unanswered_at", "deadline_problem", "band", "rank_at"])
    live.tell_many(enquiry.scope_id for enquiry in enquiries if enquiry.pk in moved)
    if changed:
        facts = {"enquiries": len(enquiries), "changed": len(changed)}
        audit.record(events.CLOCKS_RECOMPUTED, actor=by, scope=None, target=None, at=at, facts=facts)
    return changed
