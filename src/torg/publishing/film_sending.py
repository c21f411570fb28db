"""The outbox' handler for posts that show a film: the film as it was approved, with its captions and its poster."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from torg.channels import outbound
from torg.channels import queries as channels
from torg.connectors.contract import Act, ActKind, CaptionFile, Done, Film, Match, Picture, Refused, Temporary
from torg.core import clock
from torg.core.errors import DomainError
from torg.files import queries as files
from torg.media import captioning, copies, keeping
from torg.media import queries as media
from torg.media.models import Medium
from torg.media.types import ConsentChannel, ObstacleCode, Pins
from torg.outbox.types import Sent
from torg.publishing.models import ChannelPost

on_outcome = outbound.on_outcome
# The check has judged captions, and the information officer may have let a film past it.
JUDGED_BEFORE = frozenset({ObstacleCode.NO_CAPTIONS})


def perform(act: Sent) -> Done:
    """Carry out the act once; raises a ChannelError."""
    post, asked = ChannelPost.objects.get(public_id=act.subject_id), outbound.act_of(act)
    film = Film(handle=post.film_handle, remember=lambda handle: _remember(post, handle))
    if asked.kind is not ActKind.DELETE:
        told = act.payload["act"]["film"]
        # A changed text says nothing of the film where the article has another one by now.
        film = _whole(film, told, asked) if told else film
    return outbound.carry_out(outbound.connection_of(act), replace(asked, film=film))


def look(act: Sent, since: datetime) -> Sequence[Match]:
    """What on the platform is this act; raises a ChannelError. The film's name there is enough."""
    post = ChannelPost.objects.get(public_id=act.subject_id)
    asked = replace(outbound.act_of(act, with_pictures=False), film=Film(handle=post.film_handle))
    return channels.channel_for(outbound.connection_of(act)).look(asked, since=since)


def _remember(post: ChannelPost, handle: str) -> None:
    # At once, outside any transaction: what was begun there must be known here, whatever happens next.
    ChannelPost.objects.filter(pk=post.pk).update(film_handle=handle)


def _whole(film: Film, told: Mapping[str, Any], asked: Act) -> Film:
    """Raises Refused when it may not be shown now (a consent withdrawn since it was planned) or is gone, Temporary when
    it cannot be read now.
    """
    medium = Medium.objects.filter(public_id=UUID(told["medium"])).first()
    found = media.obstacles(medium, at=clock.now(), channel=ConsentChannel.SOCIAL) if medium else []
    left = [one for one in found if one.code not in JUDGED_BEFORE]
    if medium is None or left:
        raise Refused(str(left[0]) if left else "The film is no longer in the library.")
    captions = _captions(medium, told)
    if set(told["captions"]) != {one.language for one in captions}:
        raise Refused("The captions that were approved are no longer in the library.")
    try:
        place = keeping.place_of(copies.film_sizes(medium)[-1].sha256) if asked.kind is ActKind.PUBLISH else None
        poster = _poster(told)
    except DomainError as error:
        raise Temporary(error.message) from error
    return replace(film, title=told["title"], captions=captions, place=place, poster=poster)


def _captions(medium: Medium, told: Mapping[str, Any]) -> tuple[CaptionFile, ...]:
    """As SubRip, those of the post's language first, or of the other form of Norwegian."""
    rows = media.captions_of(medium, Pins(captions=told["captions"]))
    files_of = [CaptionFile(row.language, captioning.as_srt(captioning.read(row.vtt.encode()))) for row in rows]
    return tuple(sorted(files_of, key=lambda one: (one.language != told["language"], one.language[0] != "n")))


def _poster(told: Mapping[str, Any]) -> Picture | None:
    if not told["poster"]:
        return None
    return Picture(files.read(told["poster"]), "image/jpeg", told["poster_alt"], "poster.jpg")
