"""Make an export that was ordered: what is registered, what the rooms above hold, and the sums of it all."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, BinaryIO, cast
from uuid import UUID

import structlog
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils.module_loading import import_string

from torg.core.actors import Actor
from torg.files import commands as files
from torg.registry import commands
from torg.registry.models import Presence, PresenceExport, Succession
from torg.registry.types import ExportPart, ExportSource
from torg.registry.words import ExportState

# The earliest moment that a ZIP file can tell: the same contents give the same bytes.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
THREADS = "threads/"
PRIVATE_FIELDS = frozenset({"id", "presence", "scope_id", "scope", "goal"})

log = structlog.get_logger(__name__)


def make(export_id: UUID, *, by: Actor, at: datetime) -> PresenceExport:
    """Make the file; an export that is made already stays as it is."""
    export: PresenceExport = PresenceExport.objects.select_related("presence__unit").get(public_id=export_id)
    if export.state != ExportState.ORDERED:
        return export
    try:
        with files.scratch() as place:
            with place.open("wb") as file:
                threads = package(_parts(export.presence), file)
            return commands.note_export(export_id=export_id, made=place, threads=threads, by=by, at=at)
    except Exception:
        # Whoever ordered it must learn that it will not come; the cause is in the log.
        log.exception("registry.export_failed", export=str(export_id))
        return commands.note_export_failed(export_id=export_id, by=by, at=at)


def package(parts: Iterable[ExportPart], file: BinaryIO) -> int:
    """Write the parts as one ZIP file, with a list of their SHA-256 sums last; returns how many are threads.

    One piece of one part is in memory at a time, and a line for each part.
    """
    sums: list[str] = []
    threads = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            sums.append(f"{_put(archive, part)}  {part.name}\n")
            threads += part.name.startswith(THREADS)
        _put(archive, ExportPart("SHA256SUMS", (line.encode() for line in sums)))
    return threads


def _put(archive: zipfile.ZipFile, part: ExportPart) -> str:
    """Write one part; returns its SHA-256."""
    entry = zipfile.ZipInfo(part.name, ZIP_EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    digest = hashlib.sha256()
    # Its length is not known before it is written: a film may be longer than the old form of ZIP can say.
    with archive.open(entry, "w", force_zip64=True) as inside:
        for piece in part.pieces:
            digest.update(piece)
            inside.write(piece)
    return digest.hexdigest()


def _parts(presence: Presence) -> Iterator[ExportPart]:
    yield ExportPart("presence.json", [as_json(_registered(presence))])
    contents = cast("ExportSource", import_string(settings.PRESENCE_EXPORT))
    yield from contents(presence.scope_id)


def as_json(told: object) -> bytes:
    """Readable JSON, the same for the same facts."""
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode(errors="replace") + b"\n"


def as_json_list(told: Iterable[object]) -> Iterator[bytes]:
    """A list as JSON, one row at a time."""
    before = b"[\n"
    for row in told:
        yield before + as_json(row).rstrip()
        before = b",\n"
    yield b"\n]\n" if before == b",\n" else b"[]\n"


def _registered(presence: Presence) -> dict[str, Any]:
    """All that the register holds, the history of each row with it, also what platforms have told."""
    rows = ("custodies", "profile_checks", "privacy_assessments", "reviews", "terms")
    return {
        **_row(presence),
        "details": _row(presence.details) if hasattr(presence, "details") else None,
        "administrators": [
            {"name": one.person.name, "since_at": one.since_at, "ended_at": one.ended_at}
            for one in presence.administrations.select_related("person").order_by("since_at", "id")
        ],
        "goals": [
            {**_row(goal), "measurements": [_row(one) for one in goal.measurements.order_by("measured_on", "id")]}
            for goal in presence.goals.order_by("set_at", "id")
        ],
        **{name: [_row(one) for one in getattr(presence, name).order_by("recorded_at", "id")] for name in rows},
        "figures_told": [_row(one) for one in presence.figures_told.order_by("told_on", "id")],
        "profiles_told": [_row(one) for one in presence.profiles_told.order_by("told_at", "id")],
        "platform_accesses": [
            _row(one) for one in presence.platform_accesses.select_related("person").order_by("since_at", "id")
        ],
        "former_names": list(
            Succession.objects.filter(from_presence=presence, to_presence=presence)
            .order_by("at")
            .values("former_name", "at")
        ),
    }


def _row(row: Model) -> dict[str, Any]:
    """The row's own fields; people by name, for their numbers mean nothing elsewhere."""
    return {
        field.name: str(getattr(row, field.name)) if field.is_relation and getattr(row, field.attname) else value
        for field in row._meta.concrete_fields
        if field.name not in PRIVATE_FIELDS
        for value in [getattr(row, field.attname)]
    }
