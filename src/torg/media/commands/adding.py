"""Add a medium to the library."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core import jobs
from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.media import events, examining, keeping, policies, scanning, sizing
from torg.media.models import FilmFrame, Medium
from torg.media.types import Description, MediumState, ScanState
from torg.people.acting import person_or_none
from torg.people.policies import check_may
from torg.people.types import Permission


@transaction.atomic
def add(*, data: bytes | Path, description: Description, by: Actor, at: datetime) -> Medium:
    """Take a picture, graphic, film or sound into the library of a page; nothing is published by it.

    What it is, its bytes decide. Where there is a virus scanner, it waits for its verdict before it can be published;
    a film also waits until it is made in a size for the web.

    Args:
        data: the file, or where a long one lies.
        description: what a person tells of it.
        by: who adds it.
        at: now.

    Raises NotAllowed without the right to publish there; Invalid for a file that we do not take, one that is there
    already, or an incomplete description.
    """
    check_may(by, Permission.PUBLISH, scope_id=description.scope_id, at=at)
    size = len(data) if isinstance(data, bytes) else data.stat().st_size
    if not size:
        raise Invalid(_("The file is empty. Choose another."), field="file")
    found = examining.examine(data, is_graphic=description.is_graphic)
    policies.check_description(description, kind=found.kind)
    sha256 = keeping.keep_file(data, at=at)
    if Medium.objects.filter(scope_id=description.scope_id, sha256=sha256).exclude(state=MediumState.DELETED).exists():
        raise Invalid(_("This file is in the library of the page already. Search for it there."), field="file")
    medium = Medium.objects.create(
        **_told(description),
        sha256=sha256,
        thumbnail_sha256=keeping.keep(found.thumbnail, at=at) if found.thumbnail else "",
        kind=found.kind,
        media_type=found.media_type,
        size=size,
        width=found.width,
        height=found.height,
        seconds=found.seconds,
        has_sound=found.has_sound,
        poster_at=found.poster_at,
        hidden_data=found.hidden,
        can_be_stripped=found.can_be_stripped,
        contrast=round(found.contrast * 100) if found.contrast is not None else None,
        scan_state=ScanState.WAITING if scanning.is_on() else ScanState.NO_SCANNER,
        added_at=at,
        added_by=person_or_none(by),
    )
    keeping.hold_medium(medium, at=at)
    _keep_frames(medium, found, at=at)
    if medium.is_film:
        sizing.ask_for(medium, at=at)
    if medium.scan_state == ScanState.WAITING:
        jobs.enqueue("media.search_for_viruses", medium_id=medium.pk)
    facts: dict[str, int | str] = {"kind": str(medium.kind), "size": medium.size, "sha256": medium.sha256}
    audit.record(events.ADDED, actor=by, scope=medium.scope_id, target=medium, at=at, facts=facts)
    return medium


def _keep_frames(medium: Medium, found: examining.Examined, *, at: datetime) -> None:
    for milliseconds, jpeg in found.frames:
        frame = FilmFrame.objects.create(medium=medium, milliseconds=milliseconds, sha256=keeping.keep(jpeg, at=at))
        keeping.hold_part(medium, frame.sha256, reason=keeping.FRAME, at=at)


def _told(description: Description) -> dict[str, object]:
    """What a person has told, as the fields of the row."""
    rights = description.rights
    return {
        "scope_id": description.scope_id,
        "is_shared": description.is_shared,
        "title": description.title.strip(),
        "owner": rights.owner.strip(),
        "licence": rights.licence.strip(),
        "credit": rights.credit.strip(),
        "until_on": rights.until_on,
        "people": description.people,
        "holds_text": description.holds_text,
        "text": description.text.strip(),
    }
