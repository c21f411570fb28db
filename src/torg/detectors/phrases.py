"""Words that mean something together: threats, danger, personal matters, cases, hate, attacks on the person."""

from collections.abc import Iterator

from torg.detectors.reading import Reading
from torg.detectors.types import Finding
from torg.detectors.vocabulary import phrases_for

NAME, VERSION = "phrases", "1"


def find(reading: Reading) -> Iterator[Finding]:
    """One finding for each passage that a phrase matches; overlaps of one kind and code are given once."""
    line = reading.line
    reached: dict[tuple[str, str], int] = {}
    for phrase in phrases_for(line.beginnings):
        for match in phrase.pattern.finditer(line.text):
            start, end = line.place(match.start(), match.end() - 1)
            key = (phrase.kind, phrase.code)
            if start >= reached.get(key, 0):
                reached[key] = end
                code = f"{phrase.kind.lower()}.{phrase.code}"
                yield Finding(phrase.kind, start, end, phrase.score, code, NAME, VERSION)
