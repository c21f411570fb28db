"""Which files a decision hands out: the archive forms, or only copies without what is restricted."""

from datetime import datetime

from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.openness.models import AccessDecision, HandedOut
from torg.openness.types import AccessOutcome
from torg.records.codes import Variant
from torg.records.models import DocumentObject, JournalEntry


def files_for(entry: JournalEntry, outcome: str) -> list[DocumentObject]:
    """The newest form of each document; raises Invalid where that form is not made yet."""
    if outcome == AccessOutcome.REFUSED:
        return []
    variant = Variant.REDACTED if outcome == AccessOutcome.PARTIAL else Variant.ARCHIVE
    kept = DocumentObject.objects.filter(document__entry=entry, variant=variant)
    order = ("document__number", "-version", "-part") if outcome == AccessOutcome.PARTIAL else ("document__number",)
    rows = list(kept.select_related("document").order_by(*order, "id"))
    files = _newest_of_each(rows) if outcome == AccessOutcome.PARTIAL else _of_newest_version(rows)
    if not files or (outcome == AccessOutcome.PARTIAL and _is_outdated(entry, files)):
        raise Invalid(
            _("There is no such copy of the document yet. Restrict what is to be withheld, and wait until it is made."),
            field="outcome",
        )
    return files


def hand_out(decision: AccessDecision, files: list[DocumentObject]) -> None:
    """Let the requester fetch these."""
    HandedOut.objects.bulk_create([HandedOut(decision=decision, document_object=file) for file in files])


def _newest_of_each(rows: list[DocumentObject]) -> list[DocumentObject]:
    newest: dict[int, DocumentObject] = {}
    for row in rows:
        newest.setdefault(row.document_id, row)
    return list(newest.values())


def _of_newest_version(rows: list[DocumentObject]) -> list[DocumentObject]:
    versions: dict[int, int] = {}
    for row in rows:
        versions[row.document_id] = max(row.version, versions.get(row.document_id, 0))
    return [row for row in rows if row.version == versions[row.document_id]]


def _is_outdated(entry: JournalEntry, files: list[DocumentObject]) -> bool:
    """Whether something was restricted after the copy was made: it would show what must be withheld now."""
    made: datetime = min(file.made_at for file in files)
    return bool(entry.restrictions.filter(lifted_at=None, made_at__gt=made).exists())
