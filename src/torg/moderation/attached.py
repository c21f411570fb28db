"""What comes with a text, as far as it matters to whoever reads of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Attached(TextChoices):
    """The sorts that are told apart."""

    PICTURE = "PICTURE", _("The picture")
    FILM = "FILM", _("The film")
    LINK = "LINK", _("The link")
    OTHER = "OTHER", _("The attachment")


def attached_as(kind: str) -> Attached:
    """The sort that a channel's own word stands for: a type such as `photo`, or a media type."""
    first = kind.partition("/")[0].partition("_")[0].lower()
    return _SORTS.get(first, Attached.OTHER)


_SORTS = {
    "photo": Attached.PICTURE,
    "picture": Attached.PICTURE,
    "image": Attached.PICTURE,
    "sticker": Attached.PICTURE,
    "animated": Attached.PICTURE,
    "video": Attached.FILM,
    "link": Attached.LINK,
    "share": Attached.LINK,
}
