"""Which case files a period's deposit holds, and all that belongs to them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from torg.records import as_noark
from torg.records.codes import CaseStatus
from torg.records.days import midnight
from torg.records.models import CaseFile, CrossReference, Disposal, EntryItem, FollowUp, JournalEntry, Remark
from torg.records.preservation_codes import DisposalState


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days in Norway, both included."""

    starts_on: date
    ends_on: date

    def case_files(self) -> QuerySet[CaseFile]:
        """Those that were finished in it: a deposit holds only what is over (N5.15)."""
        starts_at, ends_at = midnight(self.starts_on), midnight(self.ends_on, days_after=1)
        closed = CaseFile.objects.filter(status=CaseStatus.CLOSED, closed_at__gte=starts_at, closed_at__lt=ends_at)
        return closed.select_related("responsible", "unit")

    def entries(self) -> QuerySet[JournalEntry]:
        """All registrations in those case files."""
        return JournalEntry.objects.filter(case_file__in=self.case_files())

    def left_out(self) -> int:
        """How many case files were opened in the period and are not finished: they wait for a later deposit."""
        opened = CaseFile.objects.filter(status=CaseStatus.OPEN, opened_on__gte=self.starts_on)
        return opened.filter(opened_on__lte=self.ends_on).count()


def with_everything(entries: QuerySet[JournalEntry]) -> QuerySet[JournalEntry]:
    """These entries with what a deposit tells of them, in a few queries for each batch."""
    return as_noark.entries_with_all(entries).select_related("capture").prefetch_related(
        Prefetch("follow_ups", FollowUp.objects.select_related("by_entry", "entry__responsible").order_by("id")),
        Prefetch("remarks", Remark.objects.order_by("id")),
        Prefetch("references", CrossReference.objects.select_related("to_entry", "to_case_file").order_by("id")),
        Prefetch("items", EntryItem.objects.order_by("id")),
        Prefetch("disposals", Disposal.objects.filter(state=DisposalState.DONE).select_related("decided_by")),
    )  # fmt: skip
