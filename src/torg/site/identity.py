"""What a municipality looks like: its colour as a style sheet, its arms as a picture."""

from torg.files import queries as files
from torg.people.models import Municipality
from torg.site.types import Part
from torg.ui import colour

SHIELD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 40">'
    '<path fill="{base}" d="M2 2h28v19c0 9-7 14-14 17C9 35 2 30 2 21z"/>'
    '<path fill="{text}" d="M2 19c4.7-4 9.3-4 14 0s9.3 4 14 0v4.5c-4.7 4-9.3 4-14 0s-9.3-4-14 0z"/></svg>'
)


def current() -> Municipality:
    """The municipality, nameless before the first set-up."""
    return Municipality.objects.first() or Municipality()


def theme(municipality: Municipality) -> Part:
    """The municipality's colour, with every shade checked for contrast."""
    return Part(colour.style_sheet(municipality.colour).encode(), "text/css; charset=utf-8")


def arms(municipality: Municipality) -> Part:
    """The arms that were uploaded, else a plain shield that is nobody's."""
    if municipality.arms_sha256:
        stored = files.stored(municipality.arms_sha256)
        return Part(files.read(stored.sha256), stored.media_type)
    shades = colour.light_shades(municipality.colour)
    drawing = SHIELD.format(base=shades["base-default"], text=shades["base-contrast-default"])
    return Part(drawing.encode(), "image/svg+xml")
