"""Finds what must not stand on the internet; a person decides, except about what nobody may decide."""

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from torg import detectors
from torg.openness.types import STARS, Found

WORD = re.compile(r"\w+")
# Two or three capitalised words in a row; a place or a body looks so too, and therefore a person decides.
NAME = re.compile(r"(?<![\w*])[A-ZÆØÅ][a-zæøåéèü]+(?:-[A-ZÆØÅ][a-zæøåéèü]+)?(?: [A-ZÆØÅ][a-zæøåéèü-]+){1,2}(?!\w)")


def find(texts: Iterable[str]) -> list[str]:
    """The codes (`types.Found`) of what is found in these texts, each once."""
    found: set[str] = set()
    for text in texts:
        plain = text.replace(STARS, " ")
        found |= {finding.kind.value for finding in detectors.run(plain)} & set(Found.values)
        found |= set(_of_words(plain))
        if NAME.search(text):
            found.add(Found.NAME.value)
    return sorted(found)


def _of_words(text: str) -> Iterable[str]:
    for word in WORD.findall(text.lower()):
        for kind, beginnings in _lists():
            if word.startswith(beginnings):
                yield kind


@cache
def _lists() -> tuple[tuple[str, tuple[str, ...]], ...]:
    lines = resources.files("torg.openness").joinpath("data", "forbidden.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((kind, tuple(words.split())) for kind, words in rows)
