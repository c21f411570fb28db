"""The case files of a class with their registrations, read in batches: memory does not grow with the archive."""

from collections.abc import Iterator
from itertools import islice

from torg.noark import objects
from torg.noark.writing.deposit import CaseContent
from torg.records.depositing import units
from torg.records.depositing.period import Period, with_everything
from torg.records.models import CaseFile, JournalEntry

CASES_AT_ONCE = 200
ENTRIES_AT_ONCE = 200


def of_class(period: Period, class_id: str) -> Iterator[CaseContent]:
    """In the order of their numbers. The registrations of one are read before the next is asked for."""
    found = period.case_files().filter(classification=class_id).order_by("year", "number")
    rows = found.iterator(chunk_size=CASES_AT_ONCE)
    while cases := list(islice(rows, CASES_AT_ONCE)):
        entries = _Entries(cases)
        for case in cases:
            yield CaseContent(case_file=units.case_file(case), registrations=entries.of(case))


class _Entries:
    """The entries of some case files in one stream, handed out case file by case file."""

    def __init__(self, cases: list[CaseFile]) -> None:
        rows = JournalEntry.objects.filter(case_file__in=[case.pk for case in cases])
        ordered = with_everything(rows).order_by("case_file__year", "case_file__number", "post_number")
        self._rows = ordered.iterator(chunk_size=ENTRIES_AT_ONCE)
        self._next = next(self._rows, None)

    def of(self, case: CaseFile) -> Iterator[objects.Registration]:
        """Those of one case file, which must be the one whose turn it is."""
        while self._next is not None and self._next.case_file_id == case.pk:
            yield units.registration(self._next)
            self._next = next(self._rows, None)
