"""Where words stand in what was captured."""

from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.records.types import RestrictionWanted, Snapshot


def restriction_of(snapshot: Snapshot, words: str, *, reference: str) -> RestrictionWanted:
    """A restriction of these words where they first stand, the newest wording first; raises Invalid when nowhere."""
    for item in snapshot.items:
        for version in reversed(item.versions):
            start = version.text.find(words)
            if start >= 0:
                return RestrictionWanted(
                    "PASSAGE", reference, item=item.id, item_version=version.number, start=start, end=start + len(words)
                )
    raise Invalid(_("These words do not stand in the text. Copy them as they stand."), field="words")
