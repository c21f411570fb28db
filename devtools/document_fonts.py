"""Takes the fonts of archived documents from npm at build: Noto, one file a script, never the system's."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / "node_modules" / "@expo-google-fonts"
FOLDER = ROOT / "src" / "torg" / "records" / "documents" / "fonts"

# The package's name without its publisher, and the weights that we use. Chinese, Japanese and Korean come with a
# Python package instead: as npm has them, nine weights would be fetched for one.
WEIGHTS = {
    "noto-sans": ("400Regular", "700Bold"),
    "noto-emoji": ("400Regular",),
    "noto-sans-arabic": ("400Regular",),
    "noto-sans-armenian": ("400Regular",),
    "noto-sans-bengali": ("400Regular",),
    "noto-sans-devanagari": ("400Regular",),
    "noto-sans-ethiopic": ("400Regular",),
    "noto-sans-georgian": ("400Regular",),
    "noto-sans-gurmukhi": ("400Regular",),
    "noto-sans-hebrew": ("400Regular",),
    "noto-sans-khmer": ("400Regular",),
    "noto-sans-lao": ("400Regular",),
    "noto-sans-math": ("400Regular",),
    "noto-sans-myanmar": ("400Regular",),
    "noto-sans-sinhala": ("400Regular",),
    "noto-sans-symbols": ("400Regular",),
    "noto-sans-symbols-2": ("400Regular",),
    "noto-sans-tamil": ("400Regular",),
    "noto-sans-thai": ("400Regular",),
}


def copy() -> None:
    """Copy each font with its licence (SIL Open Font License 1.1), and only those."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    for package, weights in WEIGHTS.items():
        for weight in weights:
            (font,) = (PACKAGES / package / weight).glob("*.ttf")
            shutil.copyfile(font, FOLDER / font.name)
        shutil.copyfile(PACKAGES / package / "LICENSE_FONT", FOLDER / f"{package}.LICENSE.txt")
