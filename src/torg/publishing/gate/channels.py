"""Posts fit their channel, lead back to the article, and carry pictures that are described."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from torg.publishing.gate.films import same
from torg.publishing.gate.types import Place, Remark, refusal
from torg.publishing.limits import count
from torg.publishing.limits.counting import FILMS, WITHOUT_LINKS
from torg.publishing.types import ChannelWords, Content


def find(content: Content, platforms: Mapping[UUID, str], link: str) -> Iterator[Remark]:
    """Remarks on the text of each channel."""
    for number, channel in enumerate(content.channels, start=1):
        platform = platforms.get(channel.connection_id, "")
        place = Place("channel", channel.language, number, platform)
        yield from _text(channel, platform, link, place)
        yield from _pictures(content, channel, place)
        yield from _film(content, channel, platform, place)
        if channel.language not in content.texts:
            yield refusal("channel_language", place)


def _text(channel: ChannelWords, platform: str, link: str, place: Place) -> Iterator[Remark]:
    if not channel.text.strip():
        yield refusal("channel_empty", place)
    if not channel.has_link and platform not in WITHOUT_LINKS:
        yield refusal("channel_without_link", place)
    shown = link if channel.has_link else ""
    for used in count(platform, channel.text, link=shown, pictures=len(channel.picture_ids)):
        if used.is_over:
            yield refusal("channel_too_long", place, over=-used.left, most=used.most, unit=used.unit)


def _pictures(content: Content, channel: ChannelWords, place: Place) -> Iterator[Remark]:
    known = {picture.medium_id: picture for picture in content.pictures}
    for picture_id in channel.picture_ids:
        picture = known.get(picture_id)
        if picture is None:
            yield refusal("channel_picture_unknown", place)
        elif picture.is_decorative or not picture.alts.get(channel.language, "").strip():
            # Alone in a feed no picture is decoration.
            yield refusal("channel_picture_undescribed", place)


def _film(content: Content, channel: ChannelWords, platform: str, place: Place) -> Iterator[Remark]:
    if channel.film_id is None:
        return
    film = next((one for one in content.films if one.medium_id == channel.film_id), None)
    if film is None:
        yield refusal("channel_film_unknown", place)
    elif film.has_speech and not same(channel.language) & set(film.caption_languages):
        # In a feed films begin without sound: whoever scrolls past hears as little as whoever is deaf.
        yield refusal("channel_film_captions", place)
    if platform not in FILMS:
        yield refusal("channel_takes_no_film", place)
    if channel.picture_ids:
        yield refusal("channel_film_and_pictures", place)
