"""Rumours with what is right, and others who inform."""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.crisis import audit, events, loading, passing, policies, queries, speaking, website
from torg.crisis.models import OtherSource, Rumour
from torg.crisis.types import LetPast, Rebuttals
from torg.people.models import Person


@transaction.atomic
def correct_rumour(
    *, incident_id: UUID, texts: Rebuttals, past: LetPast | None = None, by: Person, at: datetime
) -> Rumour:
    """Say on the status page that something is wrong, and what is right, in the municipality's own language at least.

    Raises NotFound, NotAllowed, Invalid, NotPassed for what the check of language stops in any language.
    """
    incident = loading.incident_for_change(incident_id, by=by, at=at)
    policies.check_can_approve(by, incident, at=at)
    language = queries.main_language()
    said = speaking.kept(texts, main=language)
    what = _("the correction of a rumour")
    passing.let_past(incident, what, speaking.content(said, main=language), past, by=by, at=at)
    row = Rumour.objects.create(incident=incident, language=language, texts=said, corrected_by=by, corrected_at=at)
    audit.record(events.RUMOUR_CORRECTED, incident, by=by, at=at, rumour=str(row.public_id))
    website.show(incident, at=at)
    return row


@transaction.atomic
def end_rumour(*, rumour_id: UUID, by: Person, at: datetime) -> Rumour:
    """Take a rumour off the status page, also when it is over; the log keeps it. Raises NotFound, NotAllowed."""
    rows = Rumour.objects.filter(ended_at=None)
    row: Rumour = loading.part_for_change(rows, rumour_id, by=by, at=at, is_over=True)
    policies.check_can_approve(by, row.incident, at=at)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    audit.record(events.RUMOUR_ENDED, row.incident, by=by, at=at, rumour=str(row.public_id))
    website.show(row.incident, at=at)
    return row


@transaction.atomic
def add_source(*, incident_id: UUID, name: str, address: str, by: Person, at: datetime) -> OtherSource:
    """Link to somebody else who informs; over https only. Raises NotFound, NotAllowed, Invalid."""
    incident = loading.incident_for_change(incident_id, by=by, at=at)
    policies.check_can_approve(by, incident, at=at)
    parts = urlsplit(address.strip())
    if not name.strip() or parts.scheme != "https" or not parts.hostname:
        raise Invalid(_("Give a name, and an address that begins with https://."), field="address")
    row, _is_new = OtherSource.objects.get_or_create(
        incident=incident,
        address=address.strip(),
        ended_at=None,
        defaults={"name": name.strip()[:100], "added_at": at},
    )
    audit.record(events.SOURCE_ADDED, incident, by=by, at=at, source=str(row.public_id))
    website.show(incident, at=at)
    return row


@transaction.atomic
def end_source(*, source_id: UUID, by: Person, at: datetime) -> OtherSource:
    """Take the link away, also when it is over. Raises NotFound, NotAllowed."""
    rows = OtherSource.objects.filter(ended_at=None)
    row: OtherSource = loading.part_for_change(rows, source_id, by=by, at=at, is_over=True)
    policies.check_can_approve(by, row.incident, at=at)
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    audit.record(events.SOURCE_ENDED, row.incident, by=by, at=at, source=str(row.public_id))
    website.show(row.incident, at=at)
    return row
