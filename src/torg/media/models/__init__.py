"""The tables of the media library."""

from torg.media.models.consents import Consent, Depiction, Routine
from torg.media.models.films import FilmFrame, FilmSize
from torg.media.models.media import AltText, Captions, Medium, ShapeFocus
from torg.media.models.take_downs import TakeDown

__all__ = [
    "AltText",
    "Captions",
    "Consent",
    "Depiction",
    "FilmFrame",
    "FilmSize",
    "Medium",
    "Routine",
    "ShapeFocus",
    "TakeDown",
]
