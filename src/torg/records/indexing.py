"""The words of a capture for search: masked, and in full where something is masked."""

from torg import detectors
from torg.core.errors import NotFound
from torg.files.queries import FileDamaged
from torg.records import queries, titling
from torg.records.models import Capture, CaptureText
from torg.records.types import Snapshot

# What PostgreSQL takes as one text to search; longer conversations are found by their first part.
LONGEST = 500_000


def text_of(capture: Capture) -> CaptureText:
    """The row for a capture; one whose file is gone or damaged is found by nothing."""
    row = CaptureText(capture=capture, scope_id=capture.scope_id, taken_at=capture.taken_at)
    try:
        snapshot = queries.snapshot_of(capture)
    except (NotFound, FileDamaged, ValueError):
        return row
    full = _words(snapshot)
    row.title = titling.fitted(_masked(snapshot.title))
    row.masked = _masked(full)
    row.full = full if full != row.masked else None
    return row


def _words(snapshot: Snapshot) -> str:
    said = (version.text for item in snapshot.items for version in item.versions)
    return "\n\n".join(dict.fromkeys(said)).replace("\x00", "")[:LONGEST]


def _masked(text: str) -> str:
    return detectors.mask(text, detectors.run(text))
