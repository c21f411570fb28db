"""Exports of a presence: ordered, made, fetched, and erased when they expire."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core import jobs
from torg.core.actors import Actor
from torg.core.errors import InvalidTransition
from torg.files import commands as files
from torg.files import queries as stored
from torg.people import notifying
from torg.people import policies as people
from torg.people import queries as rights
from torg.people.acting import person_or_none
from torg.people.models import Person
from torg.people.types import NotificationKind, Permission
from torg.registry import events, loading, queries
from torg.registry.models import NEXT_EXPORT_STATES, PresenceExport
from torg.registry.words import ExportState

# It holds what people wrote, in clear: long enough to carry it over, no longer. The archive keeps what must be kept.
KEPT_FOR = timedelta(days=90)
HOLDER = "registry.export"
NEEDED = (Permission.MANAGE_PRESENCE, Permission.OPEN_SENSITIVE)


@transaction.atomic
def order_export(*, presence_id: UUID, by: Actor, at: datetime) -> PresenceExport:
    """Order an export of what is registered and of what was written; one that is being made is the answer.

    Raises NotFound, NotAllowed for those who do not manage the presence or may not open sensitive text.
    """
    presence = queries.presence_or_absent(by, presence_id, at=at, lock=True)
    _check_may_export(by, presence.scope_id, at=at)
    export: PresenceExport
    # Locked, so that it is either still being made, and they are told too, or made, and this is a new one.
    export, is_new = PresenceExport.objects.select_for_update().get_or_create(
        presence=presence,
        state=ExportState.ORDERED,
        defaults={"scope_id": presence.scope_id, "ordered_by": person_or_none(by), "ordered_at": at},
    )
    if not is_new and isinstance(by, Person):
        export.also_for.add(by)
    facts = {"is_new": int(is_new)}
    audit.record(events.EXPORT_ORDERED, actor=by, scope=presence.scope_id, target=export, at=at, facts=facts)
    jobs.enqueue("registry.make_export", once=f"registry.export.{export.id}", export_id=str(export.public_id))
    return export


@transaction.atomic
def note_export(*, export_id: UUID, made: Path, threads: int, by: Actor, at: datetime) -> PresenceExport:
    """Keep the file that was made; it is taken from where it lies.

    Raises NotFound, InvalidTransition when the export is made already.
    """
    export = loading.export(export_id, by=by, at=at)
    _move(export, ExportState.READY)
    file = files.take_over(place=made, claimed_type="application/zip", at=at)
    files.hold(
        sha256=file.sha256,
        holder_kind=HOLDER,
        holder_id=export.public_id,
        reason="export",
        at=at,
        scope=export.scope_id,
    )
    export.sha256, export.size, export.threads = file.sha256, file.size, threads
    export.made_at, export.expires_at = at, at + KEPT_FOR
    export.save(update_fields=["state", "sha256", "size", "threads", "made_at", "expires_at"])
    facts: dict[str, int | str] = {"sha256": file.sha256, "threads": threads}
    audit.record(events.EXPORT_MADE, actor=by, scope=export.scope_id, target=export, at=at, facts=facts)
    _tell(export, NotificationKind.EXPORT_READY, at=at)
    return export


@transaction.atomic
def note_export_failed(*, export_id: UUID, by: Actor, at: datetime) -> PresenceExport:
    """Remember that it could not be made, so that it can be ordered anew. Raises NotFound, InvalidTransition."""
    export = loading.export(export_id, by=by, at=at)
    _move(export, ExportState.FAILED)
    export.save(update_fields=["state"])
    audit.record(events.EXPORT_FAILED, actor=by, scope=export.scope_id, target=export, at=at)
    _tell(export, NotificationKind.EXPORT_FAILED, at=at)
    return export


@transaction.atomic
def fetch_export(*, export_id: UUID, by: Actor, at: datetime) -> tuple[PresenceExport, BinaryIO]:
    """The file opened to be read in pieces, checked against its sum, and a trace of who took it.

    Raises NotFound, NotAllowed, InvalidTransition unless it is ready, and once its day has come.
    """
    export = loading.export(export_id, by=by, at=at)
    _check_may_export(by, export.scope_id, at=at)
    # The night that erases it may be hours away, or have been missed.
    if export.state != ExportState.READY or (export.expires_at is not None and export.expires_at <= at):
        raise InvalidTransition(_("There is no file to fetch. Order an export."))
    audit.record(events.EXPORT_FETCHED, actor=by, scope=export.scope_id, target=export, at=at)
    return export, stored.checked(export.sha256)


@transaction.atomic
def erase_export(*, export_id: UUID, by: Actor, at: datetime) -> PresenceExport:
    """Erase the file of an export that has expired; its sum stays.

    Raises NotFound, InvalidTransition before its day.
    """
    export = loading.export(export_id, by=by, at=at)
    if export.expires_at is None or export.expires_at > at:
        raise InvalidTransition(_("It has not expired yet."))
    _move(export, ExportState.EXPIRED)
    export.save(update_fields=["state"])
    files.release(sha256=export.sha256, holder_kind=HOLDER, holder_id=export.public_id, at=at)
    if not stored.is_held(export.sha256):
        files.remove(sha256=export.sha256, by=by, at=at)
    audit.record(events.EXPORT_ERASED, actor=by, scope=export.scope_id, target=export, at=at)
    return export


def _move(export: PresenceExport, state: ExportState) -> None:
    now = ExportState(export.state)
    if state not in NEXT_EXPORT_STATES[now]:
        raise InvalidTransition(_("The export is “%s” already.") % now.label)
    export.state = state


def _tell(export: PresenceExport, kind: NotificationKind, *, at: datetime) -> None:
    """Note that whoever ordered it is to be told, if they may still fetch it; the letter has a link and no name."""
    told = [
        person
        for person in {export.ordered_by, *export.also_for.all()}
        if person is not None and all(rights.may(person, one, scope_id=export.scope_id, at=at) for one in NEEDED)
    ]
    path = reverse("registry:history", args=[export.presence.public_id])
    notifying.tell(told, kind, path=path, key=str(export.public_id), at=at)


def _check_may_export(by: Actor, scope_id: UUID, *, at: datetime) -> None:
    for permission in NEEDED:
        people.check_may(by, permission, scope_id=scope_id, at=at)
