"""What a rule of disposal takes, what is held, and the removal of an entry's files, inside the commands."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import cast

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import InvalidTransition, NotFound
from torg.files import commands as files
from torg.records.codes import CaseStatus, EntryType
from torg.records.days import day_of, midnight
from torg.records.keeping import HOLDER as DOCUMENT
from torg.records.keeping import REASON as JOURNALED
from torg.records.models import (
    Capture,
    CaptureText,
    Disposal,
    DisposalRule,
    DocumentObject,
    JournalEntry,
    LegalHold,
)
from torg.records.preservation_codes import Disposable, DisposalState

CAPTURE = "records.capture"


def due(rule: DisposalRule, *, on: date, limit: int) -> Iterator[tuple[JournalEntry, date]]:
    """Entries whose documents the rule takes from this day on, with the day it was due; not what is held."""
    found = _taken_by(rule).filter(case_file__closed_at__lt=midnight(_years_on(on, -rule.years), days_after=1))
    held = LegalHold.objects.filter(case_file=OuterRef("case_file"), lifted_at=None)
    known = Disposal.objects.filter(entry=OuterRef("pk")).filter(Q(rule=rule) | Q(state=DisposalState.DONE))
    wanted = found.exclude(Exists(held)).exclude(Exists(known)).select_related("case_file").order_by("id")
    for entry in wanted[: max(limit, 0)]:
        yield entry, _years_on(day_of(cast(datetime, entry.case_file.closed_at)), rule.years)


def is_held(entry: JournalEntry) -> bool:
    """Whether the case file is under legal hold."""
    return LegalHold.objects.filter(case_file=entry.case_file_id, lifted_at=None).exists()


def check_not_held(entry: JournalEntry) -> None:
    """Raises InvalidTransition for an entry whose case file is under legal hold."""
    if is_held(entry):
        raise InvalidTransition(_("The case file is under legal hold. Lift the hold first, if the reason is over."))


def remove_files(entry: JournalEntry, *, by: Actor, at: datetime) -> tuple[int, int]:
    """Let go of the entry's files, and of its capture when no other entry stands on it; remove what nobody needs.

    Returns how many were removed and how many others still need.
    """
    kept = DocumentObject.objects.filter(document__entry=entry).values_list("sha256", "document__public_id", "capture")
    objects = list(kept)
    for sha256, document_id, _capture in objects:
        files.release(sha256=sha256, holder_kind=DOCUMENT, holder_id=document_id, at=at)
    freed = {sha256 for sha256, _document, _capture in objects}
    for capture in _captures_of(entry, {capture for _sha, _document, capture in objects if capture}):
        freed |= files.release_all(holder_kind=CAPTURE, holder_id=capture.public_id, at=at)
        CaptureText.objects.filter(capture=capture).delete()
    removed = sum(_remove(sha256, by=by, at=at) for sha256 in sorted(freed))
    return removed, len(freed) - removed


def _captures_of(entry: JournalEntry, wanted: set[int]) -> QuerySet[Capture]:
    """The entry's captures on which no other entry stands. What moderation captured is its evidence, and stays."""
    here = JournalEntry.objects.filter(capture=OuterRef("pk")).exclude(pk=entry.pk)
    gone = Disposal.objects.filter(entry=OuterRef("pk"), state=DisposalState.DONE)
    others = here.exclude(Exists(gone))
    own = Capture.objects.filter(pk__in=wanted | {entry.capture_id}, reason=JOURNALED)
    return own.exclude(Exists(others))


def _remove(sha256: str, *, by: Actor, at: datetime) -> int:
    try:
        files.remove(sha256=sha256, by=by, at=at)
    except (files.Held, NotFound):
        return 0
    return 1


def _taken_by(rule: DisposalRule) -> QuerySet[JournalEntry]:
    found = JournalEntry.objects.filter(case_file__status=CaseStatus.CLOSED)
    is_note = Q(entry_type=EntryType.ARCHIVE_NOTE)
    found = found.filter(is_note if rule.takes == Disposable.NOTES else ~is_note)
    if rule.classification:
        found = found.filter(case_file__classification__startswith=rule.classification)
    return found.filter(channel=rule.channel) if rule.channel else found


def _years_on(day: date, years: int) -> date:
    """The same day so many years on; the last of February stays in February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
