"""What others hand to the records: a snapshot of what was said, frozen as it was known at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
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
    there is one. Many items make one snapshot and one document (net meetings, blog posts; strategy D3, D4). `context`
    is the SHA-256 of a stored file with the whole conversation, as it was frozen at the same moment, where `items`
    hold only a branch of it.
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
    context: str | None = None


@dataclass(frozen=True, slots=True)
class SubjectFacts:
    """What a source tells of a subject for its assessment.

    `mark` is how far the subject has come by the source's own rising count: a higher one than before means that
    something is new. So does a higher `state_mark`, which counts what was hidden or deleted by others than us: what we
    moderate has a record of its own. `codes` are those of `torg.records.codes.FactCode`;
    `title` is what lists call it, masked.
    """

    subject: Subject
    scope_id: UUID
    channel: str
    mark: int
    codes: frozenset[str]
    title: str = field(default="", repr=False)
    state_mark: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """What a source found from one position on: the subjects, and the position to go on from."""

    subjects: Sequence[UUID]
    position: int


class Source(Protocol):
    """A module of a higher room that knows subjects of one kind; named in `config/wiring.py`."""

    def snapshot(self, subject_id: UUID, *, at: datetime) -> Snapshot:
        """What is known now; raises NotFound."""

    def facts(self, subject_id: UUID, *, at: datetime) -> SubjectFacts | None:
        """What bears on its assessment; None for what is nothing to assess (it was merged, or is known by id only)."""

    def changed(self, *, after: int, limit: int) -> Changes:
        """The subjects that are new or changed after a position of the source's own count, at most `limit` steps."""

    def overlooked(self, *, limit: int) -> Sequence[UUID]:
        """Subjects that no assessment tells of, whatever the position says."""

    def address(self, subject_id: UUID) -> str:
        """The page on which staff read it; empty when there is none."""


class StatedSource(Source, Protocol):
    """A source of what stands on a platform, where others than us may hide or delete it."""

    def hidden(self, *, after: int, limit: int) -> Changes:
        """The subjects of which something was hidden or deleted by others, after a position of that count."""


@dataclass(frozen=True, slots=True)
class Party:
    """A correspondent to be (korrespondansepart). `role` is one of `codes.PartyRole`."""

    role: str
    name: str = field(repr=False)
    is_person: bool = False
    is_hidden: bool = False
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class Titles:
    """Both titles: `public` is what those without access read, with names and secrets as `*****`."""

    full: str = field(repr=False)
    public: str


@dataclass(frozen=True, slots=True)
class CaseWanted:
    """The case file to journal in: an existing one by its public id, or a new one with titles and class."""

    existing: UUID | None = None
    titles: Titles | None = None
    classification: str = ""
    classification_title: str = ""


@dataclass(frozen=True, slots=True)
class RestrictionWanted:
    """A restriction to be (skjerming): `target` is one of `codes.RestrictionTarget`, `reference` a legal code.

    `correspondent` and `document` are public ids; a passage names the captured item, its version, and the characters
    from `start` to `end`.
    """

    target: str
    reference: str
    expires_on: date | None = None
    because: str = field(default="", repr=False)
    access_code: str = "UO"
    correspondent: UUID | None = None
    document: UUID | None = None
    item: str = ""
    item_version: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """What is registered as one entry. `entry_type` is one of `codes.EntryType`; dates are whole days in Norway.

    `items` are the ids of the captured items that this entry stands for; what else the snapshot holds is context.
    """

    entry_type: str
    titles: Titles
    parties: tuple[Party, ...]
    document_on: date
    received_at: datetime | None = None
    sent_at: datetime | None = None
    due_on: date | None = None
    document_type: str = ""
    items: tuple[str, ...] = ()
    restrictions: tuple[RestrictionWanted, ...] = ()


@dataclass(frozen=True, slots=True)
class CoreWanted:
    """The archive core to connect: `way` is one of `codes.ArchiveWay`, `system` our name in the archive's keys."""

    name: str
    way: str
    address: str
    system: str = "torg"
    series: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Compared:
    """What is missing on either side: entries that the archive should have, and keys there that we do not know."""

    missing_there: tuple[UUID, ...]
    unknown_here: tuple[str, ...]
