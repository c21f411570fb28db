"""The municipality's colour as a full set of shades, each as light as Designsystemet's own, so that contrast holds.

Every step keeps the luminance (WCAG 2.2) of the same step in the default theme; hue and strength are the
municipality's, in OKLCH (https://www.w3.org/TR/css-color-4/#ok-lab), where equal steps look equal.
"""

import math
import re
from collections.abc import Mapping

Triple = tuple[float, float, float]

DEFAULT = "#0062ba"
HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")

# Designsystemet's default theme 1.11, accent; only how light each step is gets used.
LIGHT = {
    "background-default": "#ffffff",
    "background-tinted": "#eef4fa",
    "surface-default": "#ffffff",
    "surface-tinted": "#ddeaf6",
    "surface-hover": "#c7ddf0",
    "surface-active": "#afcee9",
    "border-subtle": "#99c0e3",
    "border-default": "#2a7cc5",
    "border-strong": "#005db1",
    "text-subtle": "#005db1",
    "text-default": "#002c54",
}
DARK = {
    "background-default": "#0c1927",
    "background-tinted": "#102033",
    "surface-default": "#142941",
    "surface-tinted": "#172f4b",
    "surface-hover": "#1a3757",
    "surface-active": "#21446d",
    "border-subtle": "#285182",
    "border-default": "#5a84b4",
    "border-strong": "#8eaacb",
    "text-subtle": "#8eaacb",
    "text-default": "#e7edf4",
    "base-default": "#4c91cf",
    "base-hover": "#6fa6d8",
    "base-active": "#92bce1",
}
# A surface may carry a hint of the colour, not more: text of other colours stands on it.
PALE = 0.028
HOVER, ACTIVE = 0.8, 0.64
# Parts of a control against the page (WCAG 2.2, 1.4.11), and the luminance that gives it on white.
STANDS_OUT = 3
STANDS_OUT_LUMINANCE = 0.295


def style_sheet(colour: str) -> str:
    """The theme's style sheet for `colour` (#rrggbb); another text gives the default colour."""
    base = colour if HEX.match(colour) else DEFAULT
    light, dark = declarations(light_shades(base)), declarations(dark_shades(base))
    return (
        f':root, [data-color-scheme="light"] {{\n{light}}}\n'
        f'[data-color-scheme="dark"] {{\n{dark}}}\n'
        f'@media (prefers-color-scheme: dark) {{\n[data-color-scheme="auto"] {{\n{dark}}}\n}}\n'
    )


def declarations(shades: Mapping[str, str]) -> str:
    """The shades as the accent's custom properties."""
    return "".join(f"  --ds-color-accent-{step}: {value};\n" for step, value in shades.items())


def light_shades(base: str) -> dict[str, str]:
    """The steps on a light page; `base` itself stays as chosen, unless a button in it would not stand out."""
    shades = {step: shade(base, luminance(like)) for step, like in LIGHT.items()}
    button = base if contrast(base, "#ffffff") >= STANDS_OUT else shade(base, STANDS_OUT_LUMINANCE)
    text = contrasts(button)
    # Away from the text on it: darker under white, lighter under black.
    darker = text["base-contrast-default"] == "#ffffff"
    hover, active = (HOVER, ACTIVE) if darker else (1 / HOVER, 1 / ACTIVE)
    light = luminance(button)
    shades |= {"base-hover": shade(base, light * hover), "base-active": shade(base, light * active)}
    return shades | text | {"base-default": button}


def dark_shades(base: str) -> dict[str, str]:
    """The steps on a dark page."""
    shades = {step: shade(base, luminance(like)) for step, like in DARK.items()}
    return shades | contrasts(shades["base-default"])


def contrasts(background: str) -> dict[str, str]:
    """Black or white on the base colour, whichever can be read."""
    text = max("#ffffff", "#000000", key=lambda candidate: contrast(candidate, background))
    return {"base-contrast-default": text, "base-contrast-subtle": text}


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2.2 defines it, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 to 1."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(colour: str) -> Triple:
    """The three channels of #rrggbb as linear light."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return _to_linear(red), _to_linear(green), _to_linear(blue)


def shade(base: str, wanted: float) -> str:
    """The colour of `base`'s hue whose luminance is `wanted`, as strong as the screen can show it."""
    _, chroma, hue = _oklch(linear(base))
    if wanted > 0.7 or wanted < 0.03:
        chroma = min(chroma, PALE)
    low, high = 0.0, 1.0
    for _ in range(24):
        middle = (low + high) / 2
        found = _in_gamut(middle, chroma, hue)
        low, high = (middle, high) if luminance(found) < wanted else (low, middle)
    return _in_gamut((low + high) / 2, chroma, hue)


def _in_gamut(lightness: float, chroma: float, hue: float) -> str:
    for weaker in (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0):
        channels = _from_oklch(lightness, chroma * weaker, hue)
        if all(-0.001 <= channel <= 1.001 for channel in channels):
            break
    return "#" + "".join(f"{round(255 * _to_gamma(min(max(channel, 0.0), 1.0))):02x}" for channel in channels)


def _to_linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _to_gamma(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _oklch(channels: Triple) -> Triple:
    red, green, blue = channels
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _from_oklch(lightness: float, chroma: float, hue: float) -> Triple:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
