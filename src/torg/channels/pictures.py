"""Pictures of an act: fetched from the library when it is carried out, and asked once more whether they may go out."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from torg.connectors.contract import Picture, Refused, Temporary
from torg.core.errors import DomainError, Unavailable
from torg.media import copies, queries
from torg.media.models import Medium
from torg.media.shapes import SHAPES
from torg.media.types import ConsentChannel

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


def for_act(told: Iterable[Mapping[str, Any]], *, at: datetime) -> tuple[Picture, ...]:
    """The published copies with their text alternatives.

    Raises Refused when one may not be published now (a consent withdrawn since it was planned), or is gone; Temporary
    when the library cannot open it now.
    """
    return tuple(_picture(one, at) for one in told)


def _picture(told: Mapping[str, Any], at: datetime) -> Picture:
    medium = Medium.objects.filter(public_id=told["medium"]).first()
    obstacles = queries.obstacles(medium, at=at, channel=ConsentChannel.SOCIAL) if medium else []
    if medium is None or obstacles:
        raise Refused(str(obstacles[0]) if obstacles else "The picture is no longer in the library.")
    try:
        copy = copies.published_copy(medium, shape=SHAPES[told["shape"]][0])
    except Unavailable as error:
        raise Temporary(error.message) from error
    except DomainError as error:
        raise Refused(error.message) from error
    name = f"{copy.sha256[:12]}.{ENDINGS.get(copy.media_type, 'bin')}"
    return Picture(copy.data, copy.media_type, told["alt_text"], name)
