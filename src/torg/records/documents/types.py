"""What a document is made of, and what is said about a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from torg.core.errors import Unavailable
from torg.records.types import Snapshot


class DocumentFailed(Unavailable):
    """Not even the plainest form of the document could be made."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that are withheld: from `start` up to, not including, `end`, counted in characters of that version.

    The same words are withheld in the item's other versions too. `ground` only where it differs from the document's.
    """

    item: str
    version: int
    start: int
    end: int
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Redactions:
    """What a restricted document does not show (sladding; offentleglova § 12), and the ground that is printed.

    `names` are withheld wherever they stand, in texts and titles as well; `attachments` are (item, place in its row);
    `public_title` stands instead of a title that is withheld.
    """

    ground: str
    passages: tuple[Passage, ...] = ()
    names: tuple[str, ...] = field(default=(), repr=False)
    attachments: tuple[tuple[str, int], ...] = ()
    title: bool = False
    public_title: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A snapshot and how it is to be presented.

    `files` are the bytes of pictures by SHA-256, as far as they are to be shown; `municipality` made the archive.
    """

    snapshot: Snapshot
    municipality: str = ""
    title: str = field(default="", repr=False)
    case_number: str = ""
    journal_number: str = ""
    has_notes: bool = True
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    redactions: Redactions | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """What a file is, by PRONOM's identifier (Noark M701); `puid` is None where nobody can say."""

    puid: str | None
    name: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Conversion:
    """How a file became another (konvertering; Noark M615, M712–M715 and the checksums of requirement 2.7.26)."""

    source: Format
    target: Format
    tool: str
    tool_version: str
    at: datetime
    sha256_before: str
    sha256_after: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Archived:
    """An attachment as it goes to the archive; `conversion` is None where the original went as it was."""

    data: bytes = field(repr=False)
    name: str = field(repr=False)
    format: Format
    is_archive_format: bool
    conversion: Conversion | None = None
