"""The words of the media library, and what crosses its border."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What sort of medium it is."""

    PICTURE = "PICTURE", _("Photograph or drawing")
    GRAPHIC = "GRAPHIC", _("Poster, chart or other graphic")
    FILM = "FILM", _("Film")
    SOUND = "SOUND", _("Sound")


PICTURES = (Kind.PICTURE, Kind.GRAPHIC)


class MediumState(TextChoices):
    """How a medium stands in the library."""

    KEPT = "KEPT", _("In the library")
    SET_ASIDE = "SET_ASIDE", _("Taken out of use")
    INFECTED = "INFECTED", _("Holds harmful software")
    DELETED = "DELETED", pgettext_lazy("medium", "Deleted")


class ScanState(TextChoices):
    """What the search for viruses came to."""

    WAITING = "WAITING", _("Waits to be searched for viruses")
    CLEAN = "CLEAN", _("Searched, nothing found")
    INFECTED = "INFECTED", _("Holds a virus")
    NO_SCANNER = "NO_SCANNER", _("Not searched: no virus scanner is set up")


class People(TextChoices):
    """Who can be recognised in it, and on what ground it may be shown (åndsverkloven § 104)."""

    NOBODY = "NOBODY", _("Nobody who can be recognised")
    CONSENT = "CONSENT", _("People who have consented")
    NEWS = "NEWS", _("People in something current of general interest (§ 104 a)")
    MINOR = "MINOR", _("People who matter less than the rest of the picture (§ 104 b)")
    CROWD = "CROWD", _("An assembly, a procession or events out of doors (§ 104 c)")


class ConsentChannel(TextChoices):
    """Where a depicted person lets us show the picture."""

    WEBSITE = "WEBSITE", _("Our own website")
    SOCIAL = "SOCIAL", _("Our pages in social media")
    PRINT = "PRINT", _("On paper")
    INTERNAL = "INTERNAL", _("Inside the municipality")


class TakeDownState(TextChoices):
    """Whether what had to come down has come down."""

    OPEN = "OPEN", pgettext_lazy("take-down", "Must come down")
    DONE = "DONE", pgettext_lazy("take-down", "Taken down")
    KEPT = "KEPT", pgettext_lazy("take-down", "Stays, with a reason")


class TakeDownReason(TextChoices):
    """Why a medium must come down."""

    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN", _("The consent is withdrawn")
    CONSENT_ENDED = "CONSENT_ENDED", _("The consent has ended")
    RIGHTS_ENDED = "RIGHTS_ENDED", _("Our right to use it has ended")
    INFECTED = "INFECTED", _("It holds a virus")


class SizeState(TextChoices):
    """How far a film has come in one size."""

    WAITING = "WAITING", _("Waits for its turn")
    MAKING = "MAKING", pgettext_lazy("film", "Is being made")
    READY = "READY", pgettext_lazy("film", "Ready")
    FAILED = "FAILED", pgettext_lazy("film", "Could not be made")


class SizeProblem(TextChoices):
    """Why a film could not be made in a size; each says what to do."""

    UNREADABLE = "UNREADABLE", _("The film cannot be read. Save it as MP4 (H.264), and add it again.")
    TOO_LONG = "TOO_LONG", _("It took too long. Cut the film into shorter parts, or try again at a quieter time.")
    NO_ROOM = "NO_ROOM", _("The server has no room for it. Tell whoever runs it, and try again then.")


class ObstacleCode(TextChoices):
    """What forbids publishing a medium now; each says what to do."""

    NOT_IN_USE = "NOT_IN_USE", _("It is taken out of use. Choose another.")
    INFECTED = "INFECTED", _("It holds a virus. Choose another.")
    NOT_SCANNED = "NOT_SCANNED", _("It is not searched for viruses yet. Wait a little, and try again.")
    RIGHTS_ENDED = "RIGHTS_ENDED", _("Our right to use it has ended. Ask for it again, or choose another.")
    CONSENT_MISSING = "CONSENT_MISSING", _("Nobody's consent is registered. Register it, or choose another.")
    CONSENT_ENDED = "CONSENT_ENDED", _("A consent has ended. Ask for a new one, or choose another.")
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN", _("A consent is withdrawn. Choose another.")
    CONSENT_NOT_HERE = "CONSENT_NOT_HERE", _("A consent does not cover this channel. Ask for it, or choose another.")
    TEXT_NOT_TOLD = "TEXT_NOT_TOLD", _("It holds text. Write what the text says, for those who cannot see it.")
    NO_CAPTIONS = "NO_CAPTIONS", _("It lacks captions. Add a file with captions.")
    FILM_NOT_TOLD = "FILM_NOT_TOLD", _("Nothing is heard in it. Write what it shows, for those who cannot see it.")
    NO_TRANSCRIPT = "NO_TRANSCRIPT", _("It lacks a transcript. Write what is said.")
    FILM_NOT_READY = "FILM_NOT_READY", _("The film is being made ready. Wait a little: its page shows how far it is.")
    FILM_FAILED = "FILM_FAILED", _("The film could not be made ready. Its page says why.")
    POSTER_FORBIDDEN = "POSTER_FORBIDDEN", _("The picture that stands for it may not be shown. Choose another.")
    NOT_STRIPPED = "NOT_STRIPPED", _("We cannot remove hidden data from this sort of file. Save it as MP4, and add it.")


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that forbids publishing now."""

    code: ObstacleCode

    def __str__(self) -> str:
        return str(self.code.label)


@dataclass(frozen=True, slots=True)
class Rights:
    """Who owns a medium and on what terms we use it; `until_on` is the last day, None for no end."""

    owner: str
    licence: str = ""
    credit: str = ""
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """What is told of a medium when it is added.

    Attributes:
        scope_id: the page whose people keep it.
        title: what colleagues search for.
        rights: who owns it.
        is_graphic: a poster or chart, whose contrast is looked at; for pictures only.
        people: who can be recognised, and why it may be shown.
        holds_text: whether there is text in the picture.
        text: what that text says; of a film or sound, what is said (transcript).
        is_shared: whether the people of other pages may use it.
    """

    scope_id: UUID
    title: str
    rights: Rights
    is_graphic: bool = False
    people: People = People.NOBODY
    holds_text: bool = False
    text: str = field(default="", repr=False)
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """The form in which a channel wants a picture: pixels; without a height it keeps the picture's own proportions.

    `media_type` is image/jpeg, image/png or image/webp; empty for what suits the picture.
    """

    name: str
    width: int
    height: int | None = None
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """A published copy: no metadata, cropped, the same bytes every time. Sound has no size in pixels."""

    data: bytes = field(repr=False)
    media_type: str
    width: int | None
    height: int | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Pins:
    """What belongs to a film besides its picture and sound, as it was at one time: captions and poster by SHA-256.

    Whoever approves a film approves these with it. `captions` leads from each language to its wording.
    """

    captions: Mapping[str, str] = field(default_factory=dict)
    poster_sha256: str = ""
    poster_alt: str = ""
    transcript: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Use:
    """That a medium stands somewhere: told by the room that uses it.

    Attributes:
        medium_id: the key of the medium's row.
        kind: a code such as publishing.article.
        public_id: of what it stands in.
        scope_id: whose people can take it down.
        title: of what it stands in.
        address: where a colleague opens it; empty when there is no such page.
        alts: the alt texts it stands with there, as (language, text).
    """

    medium_id: int
    kind: str
    public_id: UUID
    scope_id: UUID
    title: str = field(repr=False)
    address: str = ""
    alts: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """What somebody has consented to.

    Attributes:
        scope_id: the page whose people keep it.
        name: the depicted person.
        contact: how to reach that person, or the guardian.
        purpose: what the pictures are for, in words the person has read.
        channels: where they may be shown.
        given_on: when.
        until_on: the last day it holds.
        is_child: under 18; then `guardian` is who consented.
        guardian, other_guardian: those with parental responsibility.
        child_was_heard: the child's own view was asked for (barnelova § 31).
    """

    scope_id: UUID
    name: str = field(repr=False)
    contact: str = field(repr=False)
    purpose: str = field(repr=False)
    channels: Sequence[ConsentChannel]
    given_on: date
    until_on: date
    is_child: bool = False
    guardian: str = field(default="", repr=False)
    other_guardian: str = field(default="", repr=False)
    child_was_heard: bool = False
