"""What is made of films: sizes for the web, and the picture that stands in a film's place."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, NotFound, Unavailable
from torg.media import copies, events, filming, keeping, policies, queries, sizing
from torg.media.models import FilmSize, Medium
from torg.media.shapes import POSTER
from torg.media.types import ConsentChannel, SizeState
from torg.records.documents import confined

LONGEST_ALT = 1000


@transaction.atomic
def note_size(*, size_id: int, made: sizing.Made, by: Actor, at: datetime) -> FilmSize:
    """Note that a film is ready in one size, or why it could not be made (visningsutgave). Raises NotFound."""
    size = FilmSize.objects.select_for_update().select_related("medium").filter(pk=size_id).first()
    if size is None:
        raise NotFound(_("There is no such medium in the library."))
    size.state = SizeState.FAILED if made.problem else SizeState.READY
    size.problem, size.finished_at = made.problem or "", at
    if not made.problem:
        size.percent = 100
        size.sha256, size.size, size.width, size.height = made.sha256, made.size, made.width, made.height
        keeping.hold_part(size.medium, size.sha256, reason=keeping.SIZE, at=at)
    size.save()
    facts: dict[str, int | str] = {"lines": size.lines, "outcome": str(size.problem or size.state)}
    audit.record(events.SIZE_NOTED, actor=by, scope=size.medium.scope_id, target=size.medium, at=at, facts=facts)
    return size


@transaction.atomic
def make_sizes_again(*, medium_id: UUID, by: Actor, at: datetime) -> Medium:
    """Try once more to make a film ready. Raises NotFound, NotAllowed, Invalid for what is no film."""
    medium = _locked_film(medium_id, by, at)
    sizing.ask_for(medium, at=at)
    audit.record(events.SIZES_ASKED, actor=by, scope=medium.scope_id, target=medium, at=at)
    return medium


@transaction.atomic
def choose_frame(*, medium_id: UUID, milliseconds: int, alt: str = "", by: Actor, at: datetime) -> Medium:
    """Let a picture of the film itself stand in its place until it is played (plakatbilde).

    Articles that show the film keep the picture that was approved with them.

    Args:
        medium_id: the film.
        milliseconds: where in it, one of its frames.
        alt: what the picture shows.
        by: who chooses.
        at: now.

    Raises NotFound, NotAllowed, Invalid for another place, Unavailable when the film cannot be opened now.
    """
    medium = _locked_film(medium_id, by, at)
    if not medium.frames.filter(milliseconds=milliseconds).exists():
        raise Invalid(_("Choose one of the pictures from the film."), field="frame")
    source = str(keeping.place_of(medium.sha256))
    try:
        poster = confined.call(filming.frame, source, medium.media_type, milliseconds)
    except confined.ConfinedFailure as failure:
        raise Unavailable(_("The copy could not be made now. Try again in a little while.")) from failure
    medium.poster_at, medium.poster_from = milliseconds, None
    _keep_poster(medium, poster, alt, at=at)
    facts: dict[str, int | str] = {"sha256": medium.thumbnail_sha256}
    audit.record(events.POSTER_CHOSEN, actor=by, scope=medium.scope_id, target=medium, at=at, facts=facts)
    return medium


@transaction.atomic
def choose_poster(*, medium_id: UUID, picture_id: UUID, alt: str, by: Actor, at: datetime) -> Medium:
    """Let a picture of the library stand in the film's place (plakatbilde).

    Args:
        medium_id: the film.
        picture_id: the picture; its rights and consents bind the film too, from now on.
        alt: what it shows.
        by: who chooses.
        at: now.

    Raises NotFound, NotAllowed, Invalid for what is no picture, may not be shown, or is not described.
    """
    medium = _locked_film(medium_id, by, at)
    picture = queries.medium_or_absent(by, picture_id, at=at)
    if not picture.is_picture:
        raise Invalid(_("Choose a picture."), field="picture")
    if not alt.strip():
        raise Invalid(_("Write what the picture shows, for those who do not see it."), field="alt")
    if hindrances := queries.obstacles(picture, at=at, channel=ConsentChannel.WEBSITE):
        raise Invalid(" ".join(map(str, hindrances)), field="picture")
    medium.poster_at, medium.poster_from = None, picture
    _keep_poster(medium, copies.published_copy(picture, shape=POSTER).data, alt, at=at)
    facts: dict[str, int | str] = {"sha256": medium.thumbnail_sha256}
    audit.record(events.POSTER_CHOSEN, actor=by, scope=medium.scope_id, target=medium, at=at, facts=facts)
    return medium


def _keep_poster(medium: Medium, poster: bytes, alt: str, *, at: datetime) -> None:
    medium.thumbnail_sha256 = keeping.keep(poster, at=at)
    medium.poster_alt = " ".join(alt.split())[:LONGEST_ALT]
    medium.save(update_fields=["thumbnail_sha256", "poster_at", "poster_from", "poster_alt"])
    # The one before stays too: articles may have been approved with it.
    keeping.hold_part(medium, medium.thumbnail_sha256, reason=keeping.THUMBNAIL, at=at)


def _locked_film(medium_id: UUID, by: Actor, at: datetime) -> Medium:
    seen = queries.medium_or_absent(by, medium_id, at=at)
    policies.check_can_keep(by, seen, at=at)
    if not seen.is_film:
        raise Invalid(_("Only films have this."))
    locked: Medium = Medium.objects.select_for_update().get(pk=seen.pk)
    return locked
