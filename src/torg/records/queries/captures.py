"""Reading what was captured."""

from dataclasses import replace

from torg.core.errors import NotFound
from torg.files import queries as files
from torg.records import canonical
from torg.records.models import Capture
from torg.records.types import Snapshot


def snapshot_of(capture: Capture) -> Snapshot:
    """What was captured; raises FileDamaged when the disk gives other bytes than were kept."""
    return canonical.from_bytes(files.read(capture.sha256), taken_at=capture.taken_at)


def whole_snapshot_of(capture: Capture) -> Snapshot:
    """The same with the whole conversation, where the capture holds a branch of it and points to the rest.

    Raises FileDamaged as `snapshot_of`, NotFound when the conversation was disposed of.
    """
    taken = snapshot_of(capture)
    if taken.context is None:
        return taken
    around = canonical.from_bytes(files.read(taken.context), taken_at=capture.taken_at)
    return replace(taken, items=around.items)


def snapshot_if_kept(capture: Capture) -> Snapshot | None:
    """What was captured; None when it was disposed of. Raises FileDamaged as `snapshot_of`."""
    try:
        return snapshot_of(capture)
    except NotFound:
        return None
