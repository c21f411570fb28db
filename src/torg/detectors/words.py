"""Rude words, also disguised ones: spaced out, drawn out, with figures or asterisks for letters."""

import re
from collections.abc import Iterator
from functools import lru_cache

from torg.detectors.reading import WORDS_KEPT, Reading, plain_word
from torg.detectors.types import Finding
from torg.detectors.vocabulary import RudeWord, RudeWords, rude_words

NAME, VERSION = "words", "1"
SHORTEST_PART, LONGEST_PART = 4, 16
LONGEST_STARRED = 20
QUOTED_COUNTS = 0.4


def find(reading: Reading) -> Iterator[Finding]:
    """One finding for each rude word; one that is quoted counts for less, for a quotation may be a protest."""
    for token in reading.tokens:
        entry, is_disguised = look_up(token.word)
        if entry is None:
            continue
        code, score = "word.disguised" if is_disguised or token.is_disguised else "word", entry.score
        if any(start <= token.start < end for start, end in reading.quotations):
            code, score = "word.quoted", entry.score * QUOTED_COUNTS
        yield Finding(entry.kind, token.start, token.end, score, code, NAME, VERSION, {"word": entry.base})


@lru_cache(WORDS_KEPT)
def look_up(word: str) -> tuple[RudeWord | None, bool]:
    """The entry that the word is a form of, and whether the writer disguised it by its letters."""
    vocabulary = rude_words()
    if len(word) < 3 or word in vocabulary.innocent:
        return None, False
    if "*" in word:
        return _starred(word, vocabulary), True
    entry = vocabulary.whole.get(word) or _compound(word, vocabulary)
    if entry is not None:
        return entry, False
    plain = plain_word(word)
    if plain != word and plain not in vocabulary.innocent:
        return vocabulary.whole.get(plain) or _compound(plain, vocabulary), True
    return None, False


def _compound(word: str, vocabulary: RudeWords) -> RudeWord | None:
    for length in range(SHORTEST_PART, min(len(word) - 2, LONGEST_PART)):
        if (entry := vocabulary.last.get(word[-length:])) or (entry := vocabulary.first.get(word[:length])):
            return entry
    return None


def _starred(word: str, vocabulary: RudeWords) -> RudeWord | None:
    """`f*en`, `j**la`, `h*lvete`: as many letters as stars, the rest as written."""
    letters = word.replace("*", "")
    if len(word) > LONGEST_STARRED or len(letters) < 2 or word[0] == "*":
        return None
    pattern = re.compile("".join(r"\w" if sign == "*" else re.escape(sign) for sign in word))
    found = next((whole for whole in vocabulary.by_shape.get((word[0], len(word)), ()) if pattern.fullmatch(whole)), "")
    return vocabulary.whole.get(found)
