"""How well the text of a graphic can be told from its background, estimated from its main colours."""

from collections.abc import Sequence
from typing import NamedTuple

Colour = tuple[int, int, int]
# WCAG 2.1, 1.4.3: text, and large text.
ENOUGH, ENOUGH_WHEN_LARGE = 4.5, 3.0
# Below this a colour is taken for the rim between two others.
LEAST_SHARE = 0.01


class Area(NamedTuple):
    """A colour, and how large a part of the picture has it (0–1)."""

    colour: Colour
    share: float


def luminance(colour: Colour) -> float:
    """Relative luminance (0 black, 1 white) by WCAG 2.1."""
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: Colour, other: Colour) -> float:
    """The contrast between two colours, from 1 to 21, by WCAG 2.1."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def estimate(areas: Sequence[Area]) -> float | None:
    """The best contrast against the background that any other main colour has; None where there is one colour only.

    The background is the colour with the largest share. It is an estimate: a graphic may hold text in several colours,
    and one that passes can still have some that does not. What fails has no colour at all that text can be read in.
    """
    main = sorted((area for area in areas if area.share >= LEAST_SHARE), key=lambda area: -area.share)
    if len(main) < 2:
        return None
    background, *others = main
    return max(ratio(background.colour, other.colour) for other in others)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
