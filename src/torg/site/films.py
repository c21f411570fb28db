"""Films and sound on the site: our own files, with captions, played by the browser itself without any script."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from torg.media import captioning
from torg.media.models import Medium
from torg.publishing.types import Published, PublishedFilm
from torg.site.addresses import name_of
from torg.site.models import MediumCopy

FILM, POSTER, CAPTIONS = "film", "poster", "captions"
NORWEGIAN = ("nb", "nn")


@dataclass(frozen=True, slots=True)
class Track:
    """Captions in a language, where they stand, and whether they are shown without being asked for."""

    language: str
    name: str
    path: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class Played:
    """A film or sound as a page plays it, with all that is said in it written out beneath."""

    told: PublishedFilm
    copy: MediumCopy
    poster: str
    tracks: Sequence[Track]
    text: Sequence[str]
    text_language: str

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
    copies: dict[tuple[object, str], list[MediumCopy]] = {}
    for copy in MediumCopy.objects.filter(medium_id__in=wanted).order_by("language"):
        copies.setdefault((copy.medium_id, copy.shape), []).append(copy)
    media = {row.public_id: row for row in Medium.objects.filter(public_id__in=wanted).prefetch_related("captions")}
    for film in told.films:
        whole = copies.get((film.medium_id, FILM))
        if whole and film.medium_id in media:
            posters, captions = copies.get((film.medium_id, POSTER), []), copies.get((film.medium_id, CAPTIONS), [])
            tracks = _tracks(captions, told.language)
            text, language = _text(media[film.medium_id], told.language)
            yield Played(film, whole[0], posters[0].path if posters else "", tracks, text, language)


def _tracks(captions: Sequence[MediumCopy], language: str) -> list[Track]:
    best = _nearest([row.language for row in captions], language)
    return [Track(row.language, name_of(row.language), row.path, row.language == best) for row in captions]


def _text(medium: Medium, language: str) -> tuple[list[str], str]:
    """What is said, from the captions in the page's language; else what somebody has written."""
    captions = {row.language: row.vtt for row in medium.captions.all()}
    best = _nearest(list(captions), language)
    if best and (best == language or not medium.text):
        return [cue.text for cue in captioning.read(captions[best].encode())], best
    return [line for line in medium.text.splitlines() if line.strip()], ""


def _nearest(offered: Sequence[str], language: str) -> str:
    """The language itself, the other form of Norwegian, or the first one that there is."""
    others = NORWEGIAN if language in NORWEGIAN else ()
    return next((one for one in (language, *others) if one in offered), offered[0] if offered else "")
