"""The figures of a period as a document that all readers can read."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from torg.moderation import figures
from torg.moderation.figures import Figures
from torg.people import queries as people
from torg.records.documents.rendering import render
from torg.records.documents.types import Document
from torg.records.types import Author, Captured, Snapshot, Subject, Version

# What a document of figures is about: no subject of ours.
NOBODY = UUID(int=0)


def as_pdf(reports: Sequence[Figures], *, at: datetime) -> bytes:
    """One or more reports of the same period, in the language of the moment, as PDF/A-2a and PDF/UA-1."""
    language = (get_language() or "nb")[:2]
    first = reports[0]
    snapshot = Snapshot(
        subject=Subject("moderation.figures", NOBODY),
        scope_id=NOBODY,
        title=f"{first.title} {first.since:%d.%m.%Y} – {first.until:%d.%m.%Y}",
        channel="",
        place="",
        taken_at=at,
        items=tuple(_item(number, told, at) for number, told in enumerate(reports, start=1)),
    )
    name = getattr(people.municipality(), "name", "")
    return render(Document(snapshot, municipality=name), language=language, at=at)


def _item(number: int, told: Figures, at: datetime) -> Captured:
    words = f"{told.title}\n\n{figures.as_text(told)}"
    author = Author(None, None, is_own=True)
    return Captured(str(number), "report", author, (Version(1, words, None, at),), None, at, "")
