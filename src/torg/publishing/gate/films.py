"""Films with speech have captions (WCAG 1.2.2)."""

from collections.abc import Iterator

from torg.publishing.gate.types import Place, Remark, refusal
from torg.publishing.types import Content

NORWEGIAN = frozenset({"nb", "nn"})


def find(content: Content) -> Iterator[Remark]:
    """A film lacks captions, a title, or captions in the article's own language; the two forms of Norwegian are one."""
    for number, film in enumerate(content.films, start=1):
        place = Place("film", content.main_language, number, film.title[:60])
        if not film.title.strip():
            yield refusal("film_untitled", place)
        if not film.has_speech:
            continue
        if not film.caption_languages:
            yield refusal("captions_missing", place)
        elif not same(content.main_language) & set(film.caption_languages):
            yield refusal("captions_in_other_language", place)


def same(language: str) -> frozenset[str]:
    """The languages whose readers also read this one."""
    return NORWEGIAN if language in NORWEGIAN else frozenset({language})
