"""The fonts that come with Torg, and which characters they have."""

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from torg.records.documents.types import DocumentFailed

FOLDER = Path(__file__).with_name("fonts")
EVERYDAY = "NotoSans_400Regular.ttf"


def folders() -> list[str]:
    """Where the typesetter finds them. Raises DocumentFailed when they were not built in."""
    if not (FOLDER / EVERYDAY).exists():
        raise DocumentFailed("The fonts of archived documents are missing. Run ./torg once, which fetches them.")
    with as_file(files("noto_cjk_sans_jp_regular")) as folder:
        return [str(FOLDER), str(folder)]


@cache
def coverage() -> frozenset[int]:
    """The code points that at least one of the fonts can show."""
    return frozenset().union(*map(_points, (path for folder in folders() for path in Path(folder).glob("*.[ot]tf"))))


@cache
def everyday_coverage() -> frozenset[int]:
    """The code points of the one font for Latin, Greek and Cyrillic."""
    folders()
    return _points(FOLDER / EVERYDAY)


def _points(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())
