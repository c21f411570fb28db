"""Pictures for the demonstration: shapes drawn by code, of a town that does not exist. Each says so."""

import io
from collections.abc import Callable

from PIL import Image, ImageDraw

SIZE = (1600, 1200)
SKY, GRASS, STONE = (176, 214, 240), (92, 140, 84), (196, 190, 180)
INVENTED = "Oppdiktet bilde. Eksempelvik finnes ikke."
Draw = Callable[[ImageDraw.ImageDraw], None]


def market() -> bytes:
    """Houses round a square, with a camera's note of where it was taken, which no copy shows."""
    position = Image.Exif()
    position.get_ifd(0x8825).update({1: "N", 2: (0.0, 0.0, 1.0), 3: "E", 4: (0.0, 0.0, 1.0)})
    return _photograph(_houses, exif=position)


def school() -> bytes:
    """Children as dots with bodies, at a school."""
    return _photograph(_children)


def mayor() -> bytes:
    """One figure in the left third: a crop from the middle would cut it away."""
    return _photograph(_speaker)


def poster(*, is_pale: bool) -> bytes:
    """A poster with text, which can be read or not."""
    picture = Image.new("RGB", (1080, 1350), (255, 255, 255))
    draw = ImageDraw.Draw(picture)
    colour = (214, 214, 214) if is_pale else (11, 85, 99)
    draw.rectangle((80, 80, 1000, 420), fill=colour)
    draw.text((120, 560), "Sommerfest", fill=colour, font_size=96)
    draw.text((120, 700), "Fredag kl. 12", fill=colour, font_size=72)
    draw.text((120, 1240), INVENTED, fill=colour, font_size=36)
    return _encoded(picture, "PNG")


def _photograph(motif: Draw, *, exif: Image.Exif | None = None) -> bytes:
    picture = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 800, *SIZE), fill=GRASS)
    motif(draw)
    draw.text((40, 1130), INVENTED, fill=(255, 255, 255), font_size=40)
    return _encoded(picture, "JPEG", exif=exif or Image.Exif())


def _encoded(picture: Image.Image, form: str, **options: Image.Exif) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, form, **options)
    return kept.getvalue()


def _houses(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon([(200, 1200), (600, 800), (1000, 800), (1400, 1200)], fill=STONE)
    for left, colour in ((80, (160, 60, 50)), (420, (222, 178, 92)), (860, (236, 232, 220)), (1200, (84, 110, 140))):
        draw.rectangle((left, 460, left + 300, 800), fill=colour)
        draw.polygon([(left - 20, 460), (left + 150, 300), (left + 320, 460)], fill=(70, 62, 60))
        for window in (60, 190):
            draw.rectangle((left + window, 540, left + window + 56, 620), fill=(250, 244, 214))


def _children(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((200, 300, 1400, 800), fill=(214, 120, 90))
    for place, colour in enumerate(((20, 90, 160), (230, 190, 40), (120, 60, 140), (40, 130, 90))):
        _figure(draw, 420 + place * 230, 900, 60, colour)


def _speaker(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((900, 300, 1500, 800), fill=STONE)
    _figure(draw, 340, 760, 110, (30, 40, 70))


def _figure(draw: ImageDraw.ImageDraw, x: int, y: int, size: int, colour: tuple[int, int, int]) -> None:
    draw.ellipse((x - size // 2, y - size * 2, x + size // 2, y - size), fill=(224, 172, 130))
    draw.rounded_rectangle((x - size * 2 // 3, y - size, x + size * 2 // 3, y + size), radius=size // 3, fill=colour)
