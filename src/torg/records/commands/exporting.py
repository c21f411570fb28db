"""All that is held about somebody: ordered for a person who is confirmed, gathered by a job, fetched, and erased."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core import jobs
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.files import commands as files
from torg.people.models import Person
from torg.records import events, party, policies
from torg.records.models import PartyExport
from torg.records.party_types import Candidate
from torg.records.preservation_codes import ExportState

HOLDER, REASON = "records.party_export", "EXPORT"
KEPT_FOR = timedelta(days=14)
# More than anybody is: a mistaken “all” would mix people.
MOST_KEYS = 50


@transaction.atomic
def look_up_party(*, words: str, by: Person, at: datetime) -> list[Candidate]:
    """Whom a name or an e-mail address may mean; that somebody looked is logged, for whom is not.

    Raises NotAllowed.
    """
    policies.check_can_keep(by, scope_id=None, at=at)
    found = party.candidates(words, scopes=policies.scopes_kept(by, at=at))
    audit.record(events.PARTY_SOUGHT, actor=by, scope=None, target=None, at=at, facts={"found": len(found)})
    return found


@transaction.atomic
def order_party_export(*, keys: Collection[str], because: str, by: Person, at: datetime) -> PartyExport:
    """Order one export of all that is held about the person whom the keys name (GDPR article 15, fvl § 18).

    Args:
        keys: of the candidates that the person here has confirmed to be that one.
        because: why, such as the reference of the request.
        by: who orders, and alone may fetch it.
        at: now.

    Raises NotAllowed, Invalid without keys or a reason.
    """
    if not isinstance(by, Person):
        raise NotAllowed(_("Only a person makes such an export."))
    policies.check_can_keep(by, scope_id=None, at=at)
    chosen = sorted(set(keys))
    if not chosen or len(chosen) > MOST_KEYS:
        raise Invalid(_("Confirm who it is about."), field="keys")
    if not because.strip():
        raise Invalid(_("Say why."), field="because")
    made = PartyExport.objects.create(
        party=chosen, because=because.strip()[:300], ordered_by=by, ordered_at=at, expires_at=at + KEPT_FOR
    )
    audit.record(events.EXPORT_ORDERED, actor=by, scope=None, target=made, at=at, facts={"keys": len(chosen)})
    jobs.enqueue("records.make_party_export", export_id=str(made.public_id))
    return made


@transaction.atomic
def note_party_export(*, export_id: UUID, data: bytes, counts: dict[str, int], by: Actor, at: datetime) -> PartyExport:
    """Keep the file until it expires. A repeated call does nothing."""
    row = PartyExport.objects.select_for_update().get(public_id=export_id)
    if row.state != ExportState.WAITING:
        return row
    stored = files.store(data=data, claimed_type="application/zip", at=at)
    files.hold(sha256=stored.sha256, holder_kind=HOLDER, holder_id=row.public_id, reason=REASON, at=at)
    row.state, row.sha256, row.counts, row.made_at = ExportState.READY, stored.sha256, counts, at
    row.save(update_fields=["state", "sha256", "counts", "made_at"])
    audit.record(
        events.EXPORT_MADE,
        actor=by,
        scope=None,
        target=row,
        at=at,
        facts={kind.lower(): number for kind, number in counts.items()},
    )
    return row


@transaction.atomic
def note_party_export_failed(*, export_id: UUID, by: Actor, at: datetime) -> PartyExport:
    """Record that it could not be gathered; whoever ordered it orders it again."""
    row = PartyExport.objects.select_for_update().get(public_id=export_id)
    if row.state == ExportState.WAITING:
        row.state = ExportState.FAILED
        row.save(update_fields=["state"])
        audit.record(events.EXPORT_FAILED, actor=by, scope=None, target=row, at=at)
    return row


@transaction.atomic
def fetch_party_export(*, export_id: UUID, by: Person, at: datetime) -> bytes:
    """The file, to whoever ordered it. Raises NotFound for others, NotAllowed, InvalidTransition when it is no more."""
    row = PartyExport.objects.select_for_update().filter(public_id=export_id, ordered_by=by).first()
    if row is None:
        raise NotFound(_("There is no such export."))
    policies.check_can_keep(by, scope_id=None, at=at)
    if row.state != ExportState.READY or row.expires_at <= at:
        raise InvalidTransition(_("The export is not there. Order a new one."))
    row.fetched_at = at
    row.save(update_fields=["fetched_at"])
    audit.record(events.EXPORT_FETCHED, actor=by, scope=None, target=row, at=at)
    return files.read(row.sha256)


@transaction.atomic
def erase_party_export(*, export_id: UUID, by: Actor, at: datetime) -> PartyExport:
    """Erase an export that has expired, or that failed: what remains is that it was made, by whom and why."""
    row = PartyExport.objects.select_for_update().get(public_id=export_id)
    if row.state == ExportState.EXPIRED or row.expires_at > at:
        return row
    if row.sha256:
        files.release(sha256=row.sha256, holder_kind=HOLDER, holder_id=row.public_id, at=at)
        files.remove(sha256=row.sha256, by=by, at=at)
    row.state, row.sha256, row.party = ExportState.EXPIRED, "", []
    row.save(update_fields=["state", "sha256", "party"])
    audit.record(events.EXPORT_ERASED, actor=by, scope=None, target=row, at=at)
    return row
