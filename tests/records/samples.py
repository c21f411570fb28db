"""Snapshots of invented conversations."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from torg.core import ids
from torg.people.models import Scope
from torg.records.types import Attached, Author, Captured, Snapshot, Subject, Version

NOTHING = timedelta(0)


def item(
    text: str = "Når åpner svømmehallen?",
    *,
    at: datetime,
    own: bool = False,
    parent: str | None = None,
    picture: str | None = None,
    delivery: str | None = None,
) -> Captured:
    """One comment by Kåre Citizen, or by us."""
    return Captured(
        id=str(ids.new()),
        kind="comment",
        author=Author(name="Eksempelvik kommune" if own else "Kåre Prøve", external_id="1" if own else "2", is_own=own),
        versions=(Version(1, text, at, at),),
        posted_at=at,
        received_at=at,
        state="VISIBLE",
        parent=parent,
        attachments=(Attached("photo", "", picture, "image/png", state="STORED"),) if picture else (),
        deliveries=(delivery,) if delivery else (),
        facts={"answered_by": "Sara Svarer"} if own else {},
    )


def snapshot(
    text: str = "Når åpner svømmehallen?",
    *,
    at: datetime,
    subject_id: UUID | None = None,
    scope_id: UUID | None = None,
    taken: timedelta = NOTHING,
    answers: tuple[str, ...] = (),
    **fields,
) -> Snapshot:
    """A thread with one question, and answers when given."""
    asked = item(text, at=at, **fields)
    if subject_id is not None:
        asked = item_with_id(asked, str(subject_id))
    replies = [
        item(answer, at=at + timedelta(minutes=10 * number), own=True, parent=asked.id)
        for number, answer in enumerate(answers, 1)
    ]
    return Snapshot(
        subject=Subject("dialogue.thread", subject_id or UUID(asked.id)),
        scope_id=scope_id or Scope.objects.create(name="Eksempelvik kommune").id,
        title=text[:80],
        channel="facebook",
        place="Eksempelvik kommune",
        taken_at=at + taken,
        items=(asked, *replies),
    )


def item_with_id(found: Captured, number: str) -> Captured:
    """The same item under another id."""
    return replace(found, id=number)
