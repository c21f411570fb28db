"""What others hand to the records: a snapshot of what was said, frozen as it was known at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Subject:
    """What a record is about, by kind (`dialogue.thread`, `dialogue.post`, `moderation.case`) and public id."""

    kind: str
    id: UUID


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote, as known at that moment; all may be unknown. `role` is filled for our own people only."""

    name: str | None = field(repr=False)
    external_id: str | None = field(repr=False)
    role: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of a text; `posted_at` is the platform's time, `received_at` ours."""

    number: int
    text: str = field(repr=False)
    posted_at: datetime | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture, film or file; `sha256` (64 hex digits, a stored file) is None where it was withheld or not kept."""

    kind: str
    title: str = field(repr=False)
    sha256: str | None
    media_type: str
    alt_text: str = field(default="", repr=False)
    state: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Captured:
    """One post, comment, message, note or letter with all that is known of it.

    `id` is our public id; `parent` the `id` of what it answers, within the same snapshot. `deliveries` are the
    SHA-256 of the stored original deliveries that it was read from.
    """

    id: str
    kind: str
    author: Author
    versions: tuple[Version, ...]
    posted_at: datetime | None
    received_at: datetime
    state: str
    parent: str | None = None
    external_id: str | None = None
    permalink: str | None = None
    attachments: tuple[Attached, ...] = ()
    deliveries: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A thread, a post with its comments, or a decision, in the order in which it is read.

    `channel` is the platform's code (`facebook`), `place` the page's name. `items` begins with the post where
    there is one. Many items make one snapshot and one document (net meetings, blog posts; strategy D3, D4).
    """

    subject: Subject
    scope_id: UUID
    title: str = field(repr=False)
    channel: str
    place: str
    taken_at: datetime
    items: tuple[Captured, ...]
    permalink: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
