"""Questions, with or without a question mark."""

import re
from collections.abc import Iterator
from itertools import pairwise

from torg.detectors.reading import Reading
from torg.detectors.types import Finding, Kind
from torg.detectors.vocabulary import word_sets

NAME, VERSION = "questions", "1"
WORDS = re.compile(r"[^\W_]+")
LONGEST_OPENING = 6
WORDS_READ = 40


def find(reading: Reading) -> Iterator[Finding]:
    """One finding for each sentence that asks."""
    for start, end in reading.sentences:
        while reading.folded[start].isspace():
            start += 1
        sentence = reading.folded[start:end]
        if "?" in sentence[-4:]:
            score, code = 0.95, "question.mark"
        elif asks(sentence[:400]):
            score, code = 0.75, "question.word_order"
        else:
            continue
        yield Finding(Kind.QUESTION, *reading.place(start, end), score, code, NAME, VERSION)


def asks(sentence: str) -> bool:
    """Whether a sentence without a question mark is built as a question."""
    words = WORDS.findall(sentence)[:WORDS_READ]
    known = word_sets("questions.tsv")
    if any(a in known["wonder"] and b in known["wonder_next"] for a, b in pairwise(words)):
        return True
    skipped = 0
    while skipped < min(LONGEST_OPENING, len(words)) and words[skipped] in known["opener"]:
        skipped += 1
    return _begins_as_question(words[skipped:], known) or _begins_as_question(words, known)


def _begins_as_question(words: list[str], known: dict[str, frozenset[str]]) -> bool:
    if len(words) < 2:
        return False
    first, second, *rest = words
    if first in known["ask_how"]:
        # “Hvor lenge er …” asks, “hvor fint det ble” does not.
        return second in known["verb"] or second.endswith("r") or bool(rest and rest[0] in known["verb"])
    if first in known["ask"]:
        # “Hvem ringer jeg” asks; “hva dere driver med, er en gåte” tells.
        return second not in known["subject"]
    if first in known["ask_when"]:
        # “Når åpner dere” asks; “når det snør, må …” tells.
        return second in known["verb"]
    return first in known["verb"] and second in known["subject"]
