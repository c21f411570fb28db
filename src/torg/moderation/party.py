"""What was decided about somebody, what they were told, and what they complained of; for an export to them."""

from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from django.db.models import Q

from torg.moderation.models import Complaint, Decision, Notice, Report, Sanction
from torg.records.party_types import Candidate, Holding, Wording

AUTHOR, EMAIL = "author:", "email:"


def candidates(words: str, *, scopes: Collection[UUID], limit: int) -> Sequence[Candidate]:
    """E-mail addresses that complaints and reports came from; authors are dialogue's to find."""
    if "@" not in words:
        return []
    complaints = Complaint.objects.filter(scope_id__in=scopes, email__iexact=words)
    reports = Report.objects.filter(scope_id__in=scopes, contact__iexact=words)
    number = complaints.count() + reports.count()
    return [Candidate(f"{EMAIL}{words.lower()}", words.lower(), "moderation", number)] if number else []


def held(keys: Collection[str], *, scopes: Collection[UUID]) -> Sequence[Holding]:
    """Decisions with notices, what follows, complaints and reports. Never who decided, and never who reported."""
    authors = [key.removeprefix(AUTHOR) for key in keys if key.startswith(AUTHOR)]
    emails = [key.removeprefix(EMAIL) for key in keys if key.startswith(EMAIL)]
    return [*_decisions(authors, scopes), *_sanctions(authors, scopes), *_complaints(authors, emails, scopes),
            *_reports(emails, scopes)]  # fmt: skip


def _decisions(authors: Sequence[str], scopes: Collection[UUID]) -> Iterator[Holding]:
    rows = Decision.objects.filter(case__author__public_id__in=authors, scope_id__in=scopes)
    notices = {row.decision_id: row for row in Notice.objects.filter(decision__in=rows)}
    for row in rows.order_by("decided_at", "id"):
        notice = notices.get(row.pk)
        texts = (Wording(notice.written_at, notice.text),) if notice and notice.text else ()
        facts = {"ground": str(row.get_ground_display()), "measure": str(row.get_measure_display())}
        yield Holding("DECISION", row.public_id, row.decided_at, "", texts, facts)


def _sanctions(authors: Sequence[str], scopes: Collection[UUID]) -> Iterator[Holding]:
    rows = Sanction.objects.filter(author__public_id__in=authors, scope_id__in=scopes)
    for row in rows.order_by("begins_at", "id"):
        facts = {"measure": str(row.get_step_display()), "state": str(row.get_state_display())}
        if row.ends_on:
            facts["until"] = row.ends_on.isoformat()
        yield Holding("SANCTION", row.public_id, row.begins_at, "", (), facts)


def _complaints(authors: Sequence[str], emails: Sequence[str], scopes: Collection[UUID]) -> Iterator[Holding]:
    meant = Q(decision__case__author__public_id__in=authors) | Q(email__in=emails)
    rows = Complaint.objects.filter(meant, scope_id__in=scopes)
    for row in rows.prefetch_related("messages").order_by("received_at", "id"):
        said = [Wording(message.written_at, message.text) for message in row.messages.all()]
        answered = [Wording(row.decided_at, row.reasons)] if row.decided_at and row.reasons else []
        facts = {"state": str(row.get_state_display()), "outcome": str(row.get_outcome_display())}
        yield Holding("COMPLAINT", row.public_id, row.received_at, "", (*said, *answered), facts)


def _reports(emails: Sequence[str], scopes: Collection[UUID]) -> Iterator[Holding]:
    for row in Report.objects.filter(contact__in=emails, scope_id__in=scopes).order_by("reported_at", "id"):
        yield Holding("REPORT", row.public_id, row.reported_at, "", (Wording(row.reported_at, row.text),), {})
