"""Sound without what its file tells besides, by the way that suits the container. Films are coded anew."""

from torg.media import mp4, remuxing
from torg.records.documents import confined


class NotStripped(Exception):
    """Hidden data cannot be removed from the file, so it must not be published."""


def stripped(data: bytes, media_type: str) -> bytes:
    """The same sound without tags, places, covers and times. Other people's bytes are unpacked elsewhere.

    Raises NotStripped for what we cannot judge, damaged files included.
    """
    try:
        if media_type in remuxing.FORMS:
            return confined.call(remuxing.remuxed, data, media_type)
        return mp4.stripped(data)
    except (mp4.NotStripped, confined.ConfinedFailure) as error:
        raise NotStripped(str(error)) from error
