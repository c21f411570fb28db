"""Where in social media a registration came from: our own metadata (virksomhetsspesifikkeMetadata, M711)."""

from torg.files.queries import kept
from torg.noark import objects
from torg.records import queries
from torg.records.models import JournalEntry
from torg.records.types import Captured, Snapshot


def social_media(entry: JournalEntry) -> objects.SocialMedia | None:
    """What the capture knows of the first thing that the entry registers; None for what has no id on a platform.

    Raises FileDamaged when the capture is not what was kept.
    """
    # What was disposed of tells nothing more.
    if not entry.channel or not kept([entry.capture.sha256]):
        return None
    snapshot = queries.snapshot_of(entry.capture)
    item = _first(snapshot, {row.item for row in entry.items.all()})
    if item is None or not item.external_id or not snapshot.place:
        return None
    parents = {one.id: one.external_id for one in snapshot.items}
    versions = [one.posted_at or one.received_at for one in item.versions if one.number > 1]
    return objects.SocialMedia(
        platform=snapshot.channel,
        account=snapshot.place,
        post_id=item.external_id,
        captured_at=entry.capture.taken_at,
        raw_sha256=item.deliveries[0] if item.deliveries else entry.capture.sha256,
        permalink=item.permalink or "",
        author_handle=item.author.external_id or "",
        parent_id=(item.parent and parents.get(item.parent)) or "",
        edited_at=max(versions, default=None),
    )


def _first(snapshot: Snapshot, registered: set[str]) -> Captured | None:
    return next((item for item in snapshot.items if item.id in registered or not registered), None)
