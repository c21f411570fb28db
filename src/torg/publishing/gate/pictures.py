"""Pictures are described or marked as decoration (WCAG 1.1.1), and text in them is told and readable (1.4.3, 1.4.5)."""

import re
from collections.abc import Iterator

from torg.publishing.gate.types import Place, Remark, advice, refusal
from torg.publishing.types import Content, PictureUse

FILE_NAME = re.compile(r"\S+\.(jpe?g|png|webp|gif|heic|svg)|(img|dsc|dscn|image|bilde)[ _-]?\d+", re.IGNORECASE)
LONGEST = 250
LEAST_CONTRAST = 4.5


def find(content: Content) -> Iterator[Remark]:
    """Remarks on each picture, in each language of the article."""
    for number, picture in enumerate(content.pictures, start=1):
        if not picture.is_decorative:
            for language in content.texts:
                yield from _described(picture, language, number)
        yield from _with_text(picture, number)


def _described(picture: PictureUse, language: str, number: int) -> Iterator[Remark]:
    alt = picture.alts.get(language, "").strip()
    place = Place("picture", language, number, alt[:60])
    if not alt:
        yield refusal("alt_missing", place)
    elif FILE_NAME.fullmatch(alt):
        yield refusal("alt_is_file_name", place)
    elif len(alt) > LONGEST:
        yield advice("alt_long", place, most=LONGEST)


def _with_text(picture: PictureUse, number: int) -> Iterator[Remark]:
    place = Place("picture", "", number)
    if not picture.holds_text:
        return
    if picture.is_decorative:
        yield refusal("decoration_holds_text", place)
    if not picture.is_text_told:
        yield refusal("text_in_picture", place)
    if picture.contrast is not None and picture.contrast < LEAST_CONTRAST:
        yield refusal("contrast_low", place, contrast=f"{picture.contrast:.1f}", least=f"{LEAST_CONTRAST:.1f}")
