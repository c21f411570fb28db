"""How readable text in a graphic can be at best: the greatest contrast of any colour in it to its background."""

import io
from collections.abc import Sequence

from PIL import Image

SIDE = 240
COLOURS = 12
# A colour with less of the picture than this is an edge or noise, and no lettering.
LEAST_SHARE = 0.004
MOST_PIXELS = 60_000_000


def contrast_of(data: bytes) -> float | None:
    """The best contrast (1–21, WCAG 1.4.3) that a colour has to the commonest one; None when it is no picture.

    What falls short here is unreadable whatever the lettering; what passes may still be.
    """
    try:
        with Image.open(io.BytesIO(data)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return None
            opened.thumbnail((SIDE, SIDE))
            flat = Image.new("RGB", opened.size, "white")
            shown = opened.convert("RGBA")
            flat.paste(shown, mask=shown)
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    colours = flat.quantize(COLOURS).convert("RGB").getcolors(SIDE * SIDE) or []
    counted = sorted(((amount, colour) for amount, colour in colours if isinstance(colour, tuple)), reverse=True)
    least = LEAST_SHARE * flat.width * flat.height
    lettering = [colour for amount, colour in counted if amount >= least]
    return max((ratio(counted[0][1], colour) for colour in lettering), default=None)


def ratio(one: Sequence[float], other: Sequence[float]) -> float:
    """The contrast of two colours, from 1 to 21."""
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def luminance(colour: Sequence[float]) -> float:
    """The relative luminance of an sRGB colour (WCAG 2.2)."""
    red, green, blue = (_linear(part / 255) for part in colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
