"""Two wordings beside each other, word by word: what was taken away and what came."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is the same, was taken away, or came."""

    text: str
    is_removed: bool = False
    is_added: bool = False


def pieces(before: str, after: str) -> list[Piece]:
    """`after` with what it took from `before` and what it put in its place."""
    return [piece for piece in _pieces(_WORDS.findall(before), _WORDS.findall(after)) if piece.text]


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    # Whole words only: letters that happen to be the same would make the comparison unreadable.
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("".join(after[j1:j2]))
        else:
            yield Piece("".join(before[i1:i2]), is_removed=True)
            yield Piece("".join(after[j1:j2]), is_added=True)
