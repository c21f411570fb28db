"""Absorb what has arrived, and note what was fetched and asked for afterwards: attachments and names."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from torg.audit import commands as audit
from torg.channels import queries as channels
from torg.channels.types import Arrived, Batch
from torg.connectors.contract import Kind
from torg.core import jobs
from torg.core.actors import Actor
from torg.dialogue import events, media
from torg.dialogue.absorbing import meaning, steps, storing
from torg.dialogue.absorbing.sheet import Sheet, open_sheet
from torg.dialogue.models import Attachment, AttachmentState, Author
from torg.dialogue.types import Absorbed, What


@transaction.atomic
def absorb(*, batch: Batch, by: Actor, at: datetime, masks: Mapping[str, str] | None = None) -> list[Absorbed]:
    """Turn arrived events into posts, threads, items and versions; returns what changed, in order.

    The same batch a second time changes nothing, and the order in which deliveries arrive makes no difference.

    Args:
        batch: events of several deliveries.
        by: the rule that acts.
        at: now.
        masks: masked texts by full text, for those of `queries.texts_in` that have been looked through already, so
            that they are written once; the others stay without until triage has looked.
    """
    if not batch.events:
        return []
    sheet = open_sheet(batch)
    sheet.acted_on, sheet.masks = _acted_on(batch.events), masks or {}
    for arrived in batch.events:
        steps.apply(sheet, arrived)
    storing.write(sheet)
    _ask_for_attachments(sheet)
    audit.record_batch(events.BATCH_ABSORBED, actor=by, at=at, facts=_counts(sheet, batch))
    return [
        Absorbed(item.id, item, what, item.thread_id, is_history)
        for (_, what), (item, is_history) in sheet.outcomes.items()
    ]


@transaction.atomic
def note_attachment(*, attachment_id: int, outcome: media.Outcome, by: Actor, at: datetime) -> bool:
    """Write down what came of fetching an attachment; returns False when another job was faster.

    What the connection keeps is stored by its hash; of the rest hash, size and type are noted.
    """
    waiting = Attachment.objects.filter(pk=attachment_id, state=AttachmentState.PENDING)
    attachment = waiting.select_related("item__connection").select_for_update(of=("self",)).first()
    if attachment is None:
        return False
    media.note(attachment, outcome, keeps=attachment.item.connection.keeps_media, at=at)
    attachment.save(update_fields=["state", "reason", "sha256", "size", "media_type"])
    audit.record_batch(events.ATTACHMENTS_FETCHED, actor=by, at=at, facts={"attachments": 1})
    return True


@transaction.atomic
def note_names(*, names: Mapping[int, str | None], by: Actor, at: datetime) -> int:
    """Write down what a platform told of its authors' names, by our number; returns how many names are new.

    A name that has come with a text meanwhile is left as it is.
    """
    rows = list(Author.objects.select_for_update().filter(pk__in=names, name=None).order_by("pk"))
    for author in rows:
        author.name, author.name_asked_at = names[author.pk] or None, at
    Author.objects.bulk_update(rows, ["name", "name_asked_at"])
    told = sum(1 for author in rows if author.name)
    if rows:
        audit.record_batch(events.NAMES_NOTED, actor=by, at=at, facts={"asked": len(rows), "told": told})
    return told


def _acted_on(arrived: Sequence[Arrived]) -> frozenset[tuple[int, str]]:
    """Which of the things whose state changes we have acted on ourselves, through the outbox."""
    targets = {
        (one.connection_id, meaning.clean(one.event.external_id))
        for one in arrived
        if one.event.verb in meaning.STATE_VERBS and one.event.external_id and one.event.kind is not Kind.MESSAGE
    }
    return channels.acted_on(targets) if targets else frozenset()


def _ask_for_attachments(sheet: Sheet) -> None:
    if any(AttachmentState.PENDING in row for row in sheet.attachments):
        jobs.enqueue("dialogue.fetch_attachments", once="dialogue.fetch_attachments")


def _counts(sheet: Sheet, batch: Batch) -> dict[str, int]:
    counts = {"events": len(batch.events), "versions": len(sheet.versions), "unknown": len(sheet.unknown)}
    for what in What:
        counts[what.lower()] = sum(1 for _, found in sheet.outcomes if found is what)
    return counts
