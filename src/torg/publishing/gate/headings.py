"""The order of headings (WCAG 1.3.1, 2.4.6): the title is the first, and no level is left out."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it.token import Token

from torg.publishing import rendering
from torg.publishing.gate.types import Place, Remark, advice, refusal
from torg.publishing.types import Content

HIGHEST = 2


def find(content: Content) -> Iterator[Remark]:
    """Remarks on the headings of each language."""
    for language, words in content.texts.items():
        tokens = rendering.tokens(words.body)
        yield from _of_one(language, tokens)
        yield from _dressed_up(language, tokens)


def _of_one(language: str, tokens: Sequence[Token]) -> Iterator[Remark]:
    level_before, number = HIGHEST - 1, 0
    for opening, inside in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        number += 1
        level = int(opening.tag.removeprefix("h"))
        place = Place("heading", language, number, inside.content[:60])
        if not inside.content.strip():
            yield refusal("heading_empty", place)
        if level < HIGHEST:
            yield refusal("heading_is_title", place)
        elif level > level_before + 1:
            yield refusal("heading_skips", place, level=level, should=level_before + 1)
        level_before = level


def _dressed_up(language: str, tokens: Sequence[Token]) -> Iterator[Remark]:
    """A paragraph that is bold from end to end looks like a heading and is none to a screen reader."""
    for token in tokens:
        parts = [part for part in token.children or [] if part.content or part.type in {"strong_open", "strong_close"}]
        if token.type == "inline" and len(parts) == 3 and parts[0].type == "strong_open":
            yield advice("heading_in_bold", Place("body", language, 0, token.content[:60]))
