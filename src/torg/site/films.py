"""Films and sound on the site: our own files, with captions, played by the browser itself without any script."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from torg.media import captioning, queries
from torg.media.models import Medium
from torg.publishing.types import Published, PublishedFilm
from torg.site.addresses import name_of
from torg.site.models import MediumCopy

FILM, POSTER, CAPTIONS = "film", "poster", "captions"
NORWEGIAN = ("nb", "nn")
# From which width of the window a size is worth its bytes; the smallest is for all.
WORTH = ((1000, "(min-width: 64rem)"), (600, "(min-width: 40rem)"))


@dataclass(frozen=True, slots=True)
class Track:
    """Captions in a language, where they stand, and whether they are shown without being asked for."""

    language: str
    name: str
    path: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class Size:
    """A film in one size, and for which windows (a media query; empty for all)."""

    copy: MediumCopy
    suits: str

    @property
    def lines(self) -> int:
        """How people call it: the length of its shorter side."""
        return min(self.copy.width, self.copy.height)


@dataclass(frozen=True, slots=True)
class Played:
    """A film or sound as a page plays it, with all that is said in it written out beneath."""

    told: PublishedFilm
    sizes: Sequence[Size]
    poster: str
    tracks: Sequence[Track]
    text: Sequence[str]
    text_language: str

    @property
    def copy(self) -> MediumCopy:
        """The largest."""
        return self.sizes[0].copy

    @property
    def is_sound(self) -> bool:
        return self.copy.media_type.startswith("audio/")


def played(told: Published) -> list[Played]:
    """The article's films and sounds of our own library whose copies are ready; the others follow when they are."""
    return list(_played(told))


def elsewhere(told: Published) -> list[PublishedFilm]:
    """Those that are shown by somebody else, to whom the page only links."""
    return [film for film in told.films if film.medium_id is None]


def _played(told: Published) -> Iterator[Played]:
    wanted = [film.medium_id for film in told.films if film.medium_id is not None]
    if not wanted:
        return
    copies: dict[object, list[MediumCopy]] = {}
    for copy in MediumCopy.objects.filter(medium_id__in=wanted).order_by("-width", "language"):
        copies.setdefault(copy.medium_id, []).append(copy)
    media = {row.public_id: row for row in Medium.objects.filter(public_id__in=wanted).prefetch_related("captions")}
    for film in told.films:
        own = copies.get(film.medium_id, [])
        sizes = _sizes([copy for copy in own if copy.shape == FILM])
        if sizes and film.medium_id in media:
            text, language = _text(media[film.medium_id], film, told.language)
            yield Played(film, sizes, _poster(own, film), _tracks(own, film, told.language), text, language)


def _sizes(copies: Sequence[MediumCopy]) -> list[Size]:
    found = []
    for copy in copies:
        is_last = copy is copies[-1]
        suits = "" if is_last else next((query for least, query in WORTH if min(copy.width, copy.height) >= least), "")
        found.append(Size(copy, suits))
    return found


def _poster(copies: Sequence[MediumCopy], film: PublishedFilm) -> str:
    pinned = film.pins.poster_sha256
    return next((copy.path for copy in copies if copy.shape == POSTER and pinned and pinned in copy.path), "")


def _tracks(copies: Sequence[MediumCopy], film: PublishedFilm, language: str) -> list[Track]:
    pinned = film.pins.captions
    rows = [copy for copy in copies if copy.shape == CAPTIONS and pinned.get(copy.language, " ") in copy.path]
    best = _nearest([row.language for row in rows], language)
    return [Track(row.language, name_of(row.language), row.path, row.language == best) for row in rows]


def _text(medium: Medium, film: PublishedFilm, language: str) -> tuple[list[str], str]:
    """What is said, from the captions in the page's language; else what somebody has written."""
    captions = {row.language: row.vtt for row in queries.captions_of(medium, film.pins)}
    best = _nearest(list(captions), language)
    if best and (best == language or not film.pins.transcript):
        return [cue.text for cue in captioning.read(captions[best].encode())], best
    return [line for line in film.pins.transcript.splitlines() if line.strip()], ""


def _nearest(offered: Sequence[str], language: str) -> str:
    """The language itself, the other form of Norwegian, or the first one that there is."""
    others = NORWEGIAN if language in NORWEGIAN else ()
    return next((one for one in (language, *others) if one in offered), offered[0] if offered else "")
