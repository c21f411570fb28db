"""Journal entries, their correspondents, and how they hang together."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.people.models import Person, Unit
from torg.people.scoping import ScopedQuerySet
from torg.records.codes import EntryStatus, EntryType, FollowUpMethod, PartyRole
from torg.records.models.captures import Capture
from torg.records.models.cases import CaseFile

NEXT_STATES = {
    EntryStatus.DISPATCHED: {EntryStatus.JOURNALED, EntryStatus.EXPIRED},
    EntryStatus.JOURNALED: {EntryStatus.ARCHIVED, EntryStatus.EXPIRED},
    EntryStatus.ARCHIVED: {EntryStatus.EXPIRED},
    EntryStatus.EXPIRED: set(),
}


class JournalEntry(models.Model):
    """A registration in the journal (journalpost), or an archive note outside it (arkivnotat, krav 2.6.4).

    Never deleted: what should not have been made is marked as expired (utgår, krav 3.2.19). What freezes when, the
    database holds (migration 0002). `document_on` is the document's own date; `received_at` and `sent_at` are for
    what came in and went out. An archive note has no journal number.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="entries")
    entry_type = models.CharField(max_length=4, choices=EntryType)
    status = models.CharField(max_length=1, choices=EntryStatus, default=EntryStatus.JOURNALED)
    journal_year = models.PositiveSmallIntegerField(null=True)
    journal_number = models.PositiveIntegerField(null=True)
    post_number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    public_title = models.CharField(max_length=300)
    channel = models.CharField(max_length=30, blank=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="entries")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    responsible = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    journal_on = models.DateField()
    document_on = models.DateField()
    received_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    archived_at = models.DateTimeField(null=True)
    archived_by = models.CharField(max_length=120, blank=True)
    # Kept in step by whoever follows up, so that what waits is found among a million entries.
    awaits_follow_up = models.BooleanField(default=False)
    archive_id = models.UUIDField(null=True)
    archive_year = models.PositiveSmallIntegerField(null=True)
    archive_number = models.PositiveIntegerField(null=True)
    archive_post_number = models.PositiveIntegerField(null=True)
    # Those outside search what they may read, those inside the title itself.
    search = models.GeneratedField(
        expression=SearchVector("title", config="norwegian"), output_field=SearchVectorField(), db_persist=True
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_entry_per_journal_number", fields=["journal_year", "journal_number"]),
            models.UniqueConstraint(name="one_entry_per_post_number", fields=["case_file", "post_number"]),
            models.CheckConstraint(
                name="only_archive_notes_lack_a_journal_number",
                condition=Q(entry_type=EntryType.ARCHIVE_NOTE, journal_number=None, journal_year=None)
                | (~Q(entry_type=EntryType.ARCHIVE_NOTE) & Q(journal_number__isnull=False, journal_year__isnull=False)),
            ),
            models.CheckConstraint(
                name="incoming_entry_was_received",
                condition=~Q(entry_type=EntryType.INCOMING) | Q(received_at__isnull=False),
            ),
            models.CheckConstraint(
                name="entry_archived_with_time",
                condition=~Q(status=EntryStatus.ARCHIVED) | Q(archived_at__isnull=False),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="entries_by_day", fields=["-journal_on", "-id"]),
            models.Index(name="entries_of_subject", fields=["subject_kind", "subject_id"]),
            models.Index(name="entries_that_wait", fields=["journal_on", "id"], condition=Q(awaits_follow_up=True)),
            GinIndex(name="entries_search", fields=["search"]),
        ]

    def __str__(self) -> str:
        return self.own_number or str(self.public_id)

    @property
    def own_number(self) -> str:
        """As people cite it: “2026/17-3” is the third document of case file 17."""
        return f"{self.case_file.own_number}-{self.post_number}"

    @property
    def is_note(self) -> bool:
        """Whether it is an archive note, which stands in no journal."""
        return self.entry_type == EntryType.ARCHIVE_NOTE

    def move_to(self, status: EntryStatus) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = EntryStatus(self.status)
        if status not in NEXT_STATES[now]:
            raise InvalidTransition(
                _("An entry that is “%(now)s” cannot become “%(then)s”.") % {"now": now.label, "then": status.label}
            )
        self.status = status


class Correspondent(models.Model):
    """Who an entry came from or went to (korrespondansepart). `is_person` and `is_hidden` decide what others read."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="correspondents")
    role = models.CharField(max_length=2, choices=PartyRole)
    name = models.CharField(max_length=200)
    is_person = models.BooleanField(default=False)
    is_hidden = models.BooleanField(default=False)
    external_id = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="correspondent_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class EntryItem(models.Model):
    """That one captured item (by its id in the snapshot) is registered by an entry: nothing is journaled twice."""

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="items")
    item = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="an_entry_registers_an_item_once", fields=["entry", "item"]),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(name="entries_of_item", fields=["item"])]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.item}"


class FollowUp(models.Model):
    """That an entry needs nothing more (avskrivning), by another entry or without one; many to many (krav 3.4.3–4)."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="follow_ups")
    by_entry = models.ForeignKey(JournalEntry, null=True, on_delete=models.PROTECT, related_name="follows_up")
    method = models.CharField(max_length=3, choices=FollowUpMethod)
    followed_up_on = models.DateField()
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="followed_up_once_by_each", fields=["entry", "by_entry"], nulls_distinct=False
            ),
            models.CheckConstraint(name="no_entry_follows_itself_up", condition=~Q(entry=F("by_entry"))),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} by {self.by_entry_id}"


class Remark(models.Model):
    """A note on an entry for those who keep the records (merknad)."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="remarks")
    text = models.TextField()
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.public_id)


class CrossReference(models.Model):
    """That an entry has to do with another entry or case file (kryssreferanse)."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="references")
    to_entry = models.ForeignKey(JournalEntry, null=True, on_delete=models.PROTECT, related_name="referred_from")
    to_case_file = models.ForeignKey(CaseFile, null=True, on_delete=models.PROTECT, related_name="referred_from")
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="a_reference_leads_to_one_thing",
                condition=Q(to_entry__isnull=False, to_case_file=None) | Q(to_entry=None, to_case_file__isnull=False),
            ),
            models.CheckConstraint(name="no_entry_refers_to_itself", condition=~Q(entry=F("to_entry"))),
            models.UniqueConstraint(
                name="referred_once", fields=["entry", "to_entry", "to_case_file"], nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} to {self.to_entry_id or self.to_case_file_id}"
