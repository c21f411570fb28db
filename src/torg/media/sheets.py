"""What the page about one medium shows, gathered in few questions to the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise

from torg.media import copies, queries
from torg.media.decoding import THUMBNAIL
from torg.media.models import AltText, Captions, Consent, FilmFrame, FilmSize, Medium, TakeDown
from torg.media.shapes import SHAPES, Box
from torg.media.types import Obstacle, SizeState, TakeDownState
from torg.people.models import Person
from torg.people.queries import scope_ids_for
from torg.people.types import Permission


@dataclass(frozen=True, slots=True)
class Cut:
    """How one shape would crop the picture."""

    name: str
    label: str | Promise
    box: Box
    is_own: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One medium, and what this person may know and do about it."""

    medium: Medium
    can_keep: bool
    obstacles: Sequence[Obstacle]
    concerns: Sequence[str]
    consents: Sequence[Consent]
    captions: Sequence[Captions]
    alt_texts: Sequence[AltText]
    cuts: Sequence[Cut]
    duplicates: Sequence[Medium]
    tasks: Sequence[TakeDown]
    sizes: Sequence[FilmSize]
    frames: Sequence[FilmFrame]

    @property
    def thumbnail(self) -> tuple[int, int]:
        """Width and height of the small picture."""
        return thumbnail_size(self.medium)

    @property
    def focus(self) -> tuple[int, int]:
        """Where the focus is in the small picture."""
        width, height = self.thumbnail
        return width * self.medium.focus_x // 1000, height * self.medium.focus_y // 1000

    @property
    def is_being_made(self) -> bool:
        """Whether some size of the film is still to come."""
        return any(size.state in (SizeState.WAITING, SizeState.MAKING) for size in self.sizes)

    @property
    def has_failed(self) -> bool:
        """Whether some size of the film could not be made."""
        return any(size.state == SizeState.FAILED for size in self.sizes)

    @property
    def alt(self) -> str:
        """What the picture shows, for whoever does not see it; its title until somebody has written better."""
        return self.alt_texts[0].text if self.alt_texts else self.medium.title


def sheet_of(medium: Medium, *, seen_by: Person, at: datetime) -> Sheet:
    """Everything on the page; names of the depicted for those who publish there only."""
    of_kind = ("sizes", "poster_from") if medium.is_film else ("shape_focuses",)
    prefetch_related_objects([medium], "depictions__consent", "captions", *of_kind)
    can_keep = medium.scope_id in scope_ids_for(seen_by, Permission.PUBLISH, at=at)
    own = {row.shape for row in medium.shape_focuses.all()}
    return Sheet(
        medium=medium,
        can_keep=can_keep,
        obstacles=queries.obstacles(medium, at=at),
        concerns=queries.concerns(medium),
        consents=[row.consent for row in medium.depictions.all()] if can_keep else [],
        captions=medium.captions_now,
        alt_texts=list(medium.alt_texts.order_by("-used_at", "-id")[:10]),
        cuts=[Cut(name, label, copies.box_in(medium, shape), name in own) for name, (shape, label) in SHAPES.items()]
        if medium.is_picture
        else [],
        duplicates=list(queries.duplicates_of(medium, seen_by=seen_by, at=at)[:5]),
        tasks=list(medium.take_downs.filter(state=TakeDownState.OPEN).order_by("due_at")) if can_keep else [],
        sizes=sorted(medium.sizes.all(), key=lambda size: size.lines) if medium.is_film else [],
        frames=list(medium.frames.order_by("milliseconds")) if medium.is_film and can_keep else [],
    )


def thumbnail_size(medium: Medium) -> tuple[int, int]:
    """How large the small picture of the whole is, as it was made."""
    width, height = medium.width or 1, medium.height or 1
    scale = min(1.0, THUMBNAIL / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))
