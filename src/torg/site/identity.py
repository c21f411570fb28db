"""What a municipality looks like: its colour as a style sheet, its arms as a picture."""

import hashlib
from dataclasses import dataclass

from torg.people.models import Municipality
from torg.ui import colour

SHIELD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 40">'
    '<path fill="{base}" d="M2 2h28v19c0 9-7 14-14 17C9 35 2 30 2 21z"/>'
    '<path fill="{text}" d="M2 20c4.7-4 9.3-4 14 0s9.3 4 14 0v4c-4.7 4-9.3 4-14 0s-9.3-4-14 0z"/></svg>'
)


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the frame: its bytes, its media type, and a tag that changes with them."""

    body: bytes
    media_type: str

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


def theme() -> Part:
    """The municipality's colour, with every shade checked for contrast."""
    return Part(colour.style_sheet(_municipality().colour).encode(), "text/css; charset=utf-8")


def arms() -> Part:
    """The arms that were uploaded, else a plain shield that is nobody's."""
    shades = colour.light_shades(_municipality().colour)
    drawing = SHIELD.format(base=shades["base-default"], text=shades["base-contrast-default"])
    return Part(drawing.encode(), "image/svg+xml")


def _municipality() -> Municipality:
    return Municipality.objects.first() or Municipality()
