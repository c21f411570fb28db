"""The library, searched; one medium; the same bytes elsewhere; alt texts that it has had."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import NotFound
from torg.media.models import Captions, FilmFrame, Medium
from torg.media.queries.uses import uses_of
from torg.media.types import PICTURES, MediumState, Pins
from torg.people.types import Permission

MOST_SUGGESTIONS = 5
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the library is asked for: words that must all be there, a kind, a page's scope; or what is set aside."""

    text: str = ""
    kind: str = ""
    scope_id: UUID | None = None
    is_set_aside: bool = False


def library(actor: Actor, *, wanted: Wanted, at: datetime) -> QuerySet[Medium]:
    """The media that `actor` may use, the newest first, with what obstacles are told from."""
    state = MediumState.SET_ASIDE if wanted.is_set_aside else MediumState.KEPT
    found = Medium.objects.visible_to(actor, at=at).filter(state=state)
    for word in wanted.text.split()[:MOST_WORDS]:
        found = found.filter(
            Q(title__icontains=word)
            | Q(credit__icontains=word)
            | Q(owner__icontains=word)
            | Q(text__icontains=word)
            | Q(pk__in=Medium.objects.filter(alt_texts__text__icontains=word).values("pk"))
        )
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.scope_id is not None:
        found = found.filter(scope_id=wanted.scope_id)
    return (
        found.select_related("poster_from")
        .prefetch_related("depictions__consent", "captions", "sizes")
        .order_by("-added_at", "-id")
    )


def medium_or_absent(
    actor: Actor, public_id: UUID, *, at: datetime, permission: Permission = Permission.READ, lock: bool = False
) -> Medium:
    """The medium, if `actor` sees it and it is not deleted; raises NotFound otherwise."""
    visible = Medium.objects.visible_to(actor, at=at, permission=permission)
    if lock:
        visible = visible.select_for_update()
    medium: Medium | None = visible.exclude(state=MediumState.DELETED).filter(public_id=public_id).first()
    if medium is None:
        raise NotFound(_("There is no such medium in the library."))
    return medium


def frame_or_absent(medium: Medium, milliseconds: int) -> FilmFrame:
    """The small picture at this time of a film; raises NotFound when there is none."""
    frame: FilmFrame | None = medium.frames.filter(milliseconds=milliseconds).first()
    if frame is None:
        raise NotFound(_("There is no such medium in the library."))
    return frame


def pictures_for(actor: Actor, *, at: datetime) -> QuerySet[Medium]:
    """Pictures that can stand for a film, the newest first."""
    return library(actor, wanted=Wanted(), at=at).filter(kind__in=PICTURES)


def languages_heard(medium: Medium) -> tuple[str, ...]:
    """The languages in which a film can be followed by whoever does not hear it."""
    return tuple(row.language for row in medium.captions_now)


def pins_of(medium: Medium) -> Pins:
    """Captions, poster and transcript of a film or sound as they are now."""
    return Pins(
        captions={row.language: row.sha256 for row in medium.captions_now},
        poster_sha256=medium.thumbnail_sha256 if medium.is_film else "",
        poster_alt=medium.poster_alt,
        transcript=medium.text,
    )


def captions_of(medium: Medium, pins: Pins) -> list[Captions]:
    """The wordings that were pinned, by language, also those that have been replaced since."""
    wanted = set(pins.captions.items())
    found = (row for row in medium.captions.all() if (row.language, row.sha256) in wanted)
    return sorted(found, key=lambda row: row.language)


def duplicates_of(medium: Medium, *, seen_by: Actor, at: datetime) -> QuerySet[Medium]:
    """The same bytes in the library under another title, where `seen_by` may see it."""
    same = Medium.objects.visible_to(seen_by, at=at).filter(sha256=medium.sha256, state=MediumState.KEPT)
    return same.exclude(pk=medium.pk).order_by("added_at")


def alt_suggestions(medium: Medium, *, language: str) -> list[str]:
    """Alt texts that the picture has had in this language: those noted here, newest first, and those of its uses."""
    noted = medium.alt_texts.filter(language=language).order_by("-used_at", "-id").values_list("text", flat=True)
    used = [text for use in uses_of([medium.pk]) for said_in, text in use.alts if said_in == language]
    return list(dict.fromkeys([*noted[:MOST_SUGGESTIONS], *used]))[:MOST_SUGGESTIONS]
