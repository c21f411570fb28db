"""What is to be delivered to the archive, what is under way, and what a person must see to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery

from torg.core.actors import Actor
from torg.people.types import Permission
from torg.records.codes import (
    ArchiveState,
    DeliveryKind,
    DeliveryState,
    DocumentRole,
    EntryStatus,
    Variant,
)
from torg.records.models import ArchiveCore, ChangeLog, Delivery, DocumentObject, JournalEntry, RecordDocument
from torg.records.models.archives import NEXT_STATES, ON_ITS_WAY

# What a correction carries: titles, status, and what is withheld.
CORRECTED_FIELDS = ("M020", "M025", "M053")
# An archive that has not answered for this long is asked about.
LONG_WITHOUT_ANSWER = timedelta(days=2)
# Converting takes minutes; what still lacks its archive format after this waits for a person.
TIME_TO_CONVERT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """How delivery stands, in numbers: states with their counts, and what has waited too long for an answer."""

    counts: dict[str, int]
    unanswered: int


def archive_in_force() -> ArchiveCore | None:
    """The archive that is connected; None when we stand alone."""
    return ArchiveCore.objects.exclude(state=ArchiveState.CLOSED).first()


def states_after(state: DeliveryState) -> set[DeliveryState]:
    """What a delivery in this state can become."""
    return NEXT_STATES[state]


def undelivered(core: ArchiveCore) -> QuerySet[JournalEntry]:
    """Entries made since the archive was connected that are complete and not delivered, oldest first."""
    known = Delivery.objects.filter(core=core, entry=OuterRef("pk"), kind=DeliveryKind.CREATE)
    entries = JournalEntry.objects.filter(_open_period(core), made_at__gte=core.opened_at)
    entries = entries.exclude(status=EntryStatus.EXPIRED).exclude(Exists(known)).exclude(Exists(_unfinished()))
    found: QuerySet[JournalEntry] = entries.select_related("case_file").order_by("id")
    return found


def changed_since_delivery(core: ArchiveCore) -> QuerySet[JournalEntry]:
    """Entries that the archive has, with a title, status or restriction that was changed since."""
    of_entry = Delivery.objects.filter(core=core, entry=OuterRef("pk"))
    delivered = of_entry.filter(kind=DeliveryKind.CREATE, state=DeliveryState.DELIVERED)
    busy = of_entry.filter(kind=DeliveryKind.CORRECT, state__in=(*ON_ITS_WAY, DeliveryState.REFUSED))
    sent = of_entry.order_by().values("entry").annotate(up_to=Max("up_to_change")).values("up_to")
    entries = JournalEntry.objects.filter(_open_period(core)).filter(Exists(delivered)).exclude(Exists(busy))
    entries = entries.annotate(sent_up_to=Subquery(sent))
    newer = _changes(OuterRef("public_id"), OuterRef("pk")).filter(id__gt=OuterRef("sent_up_to"))
    found: QuerySet[JournalEntry] = entries.filter(Exists(newer)).select_related("case_file").order_by("id")
    return found


def newest_change_of(entry: JournalEntry) -> int:
    """The number of the newest change that a delivery of the entry, made now, carries."""
    newest = _changes(entry.public_id, entry.pk).aggregate(newest=Max("id"))["newest"]
    return int(newest or 0)


def needing_a_person(by: Actor, *, at: datetime) -> QuerySet[Delivery]:
    """Deliveries that were refused, oldest first, among those that `by` keeps."""
    rows = Delivery.objects.visible_to(by, at=at, permission=Permission.JOURNAL)
    found: QuerySet[Delivery] = rows.filter(state=DeliveryState.REFUSED).select_related("entry__case_file", "core")
    return found.order_by("planned_at", "id")


def standing(by: Actor, *, at: datetime) -> Standing:
    """How many deliveries stand where, among those that `by` keeps."""
    rows = Delivery.objects.visible_to(by, at=at, permission=Permission.JOURNAL)
    counts = {row["state"]: row["count"] for row in rows.values("state").annotate(count=Count("id")).order_by()}
    silent = Q(state=DeliveryState.HANDED_OVER) | Q(state=DeliveryState.RECEIVED)
    late = rows.filter(silent, handed_over_at__lt=at - LONG_WITHOUT_ANSWER).count()
    return Standing({str(state.label): counts[state] for state in DeliveryState if counts.get(state)}, late)


def lacking_archive_format(by: Actor, *, at: datetime) -> QuerySet[RecordDocument]:
    """Attachments that nothing here can bring into an archive format, oldest first, among those that `by` keeps."""
    came = DocumentObject.objects.filter(document=OuterRef("pk"), is_archival=True)
    rows = RecordDocument.objects.visible_to(by, at=at, permission=Permission.JOURNAL)
    rows = rows.filter(role=DocumentRole.ATTACHMENT, made_at__lt=at - TIME_TO_CONVERT).exclude(Exists(came))
    found: QuerySet[RecordDocument] = rows.exclude(entry__status=EntryStatus.EXPIRED).select_related("entry__case_file")
    return found.order_by("id")


def overlooked_by_converters() -> QuerySet[RecordDocument]:
    """Attachments without an archive format, oldest first, that a program installed since they came might convert.

    Films and sound need no such program, and take too long to try again.
    """
    kept = DocumentObject.objects.filter(document=OuterRef("pk"))
    moving = kept.filter(Q(media_type__startswith="video/") | Q(media_type__startswith="audio/"))
    rows = RecordDocument.objects.filter(role=DocumentRole.ATTACHMENT).exclude(entry__status=EntryStatus.EXPIRED)
    rows = rows.exclude(Exists(kept.filter(is_archival=True))).exclude(Exists(moving))
    found: QuerySet[RecordDocument] = rows.select_related("entry").order_by("id")
    return found


def delivered_keys(core: ArchiveCore) -> dict[str, UUID]:
    """The public id of each entry that the archive has confirmed, by key."""
    rows = Delivery.objects.filter(core=core, kind=DeliveryKind.CREATE, state=DeliveryState.DELIVERED)
    return dict(rows.values_list("key", "entry__public_id"))


def unsettled(core: ArchiveCore, keys: Collection[str]) -> QuerySet[Delivery]:
    """Deliveries with these keys that we hold for undelivered."""
    rows = Delivery.objects.filter(core=core, kind=DeliveryKind.CREATE, key__in=list(keys))
    found: QuerySet[Delivery] = rows.exclude(state=DeliveryState.DELIVERED).select_related("core")
    return found


def _open_period(core: ArchiveCore) -> Q:
    return Q(journal_on__gt=core.closed_until) if core.closed_until else Q()


def _unfinished() -> QuerySet[Any]:
    """A document of the entry that is not in an archive format yet, as `policies` has it."""
    kept = DocumentObject.objects.filter(document=OuterRef("pk"))
    made, came = Exists(kept.filter(variant=Variant.ARCHIVE)), Exists(kept.filter(is_archival=True))
    lacks = (Q(role=DocumentRole.MAIN) & ~Q(made)) | (Q(role=DocumentRole.ATTACHMENT) & ~Q(came))
    return RecordDocument.objects.filter(entry=OuterRef("pk")).filter(lacks)


def _changes(entry_id: Any, entry_key: Any) -> QuerySet[Any]:
    from_entry = Q(target_kind="entry", target_id=entry_id, field__in=CORRECTED_FIELDS)
    own = JournalEntry.objects.filter(pk=entry_key).values("restrictions__public_id")
    return ChangeLog.objects.filter(from_entry | Q(target_kind="restriction", target_id__in=own))
