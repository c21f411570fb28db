"""Our word lists, read once from the data files beside this module."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from torg.detectors.types import Kind

SEVERITY_SCORES = {1: 0.5, 2: 0.75, 3: 0.9}
NORDIC_ENDINGS = (
    "", "a", "e", "n", "s", "t", "ar", "er", "en", "et", "ene", "ane", "ens", "ets", "ers", "na", "ne", "or", "orna",
    "arna", "erna", "erne", "ernes", "enes", "r", "te", "rne", "ra", "st", "ste", "are", "ere", "aste", "este",
)  # fmt: skip
ENGLISH_ENDINGS = ("", "s", "es", "z", "y", "ed", "ing", "in")


@dataclass(frozen=True, slots=True)
class RudeWord:
    """One entry of words.tsv."""

    kind: Kind
    score: float
    base: str


@dataclass(frozen=True, slots=True)
class RudeWords:
    """Every form that is looked up: whole words, last parts and first parts of compounds, and harmless look-alikes."""

    whole: dict[str, RudeWord]
    last: dict[str, RudeWord]
    first: dict[str, RudeWord]
    by_shape: dict[tuple[str, int], list[str]]
    innocent: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One entry of phrases.tsv; looked for only in texts that have a word beginning with one of `triggers`."""

    kind: Kind
    code: str
    score: float
    pattern: re.Pattern[str]
    triggers: frozenset[str]


def rows(name: str) -> Iterator[list[str]]:
    """The fields of each line of a data file, comments left out."""
    for line in resources.files("torg.detectors").joinpath("data", name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield [field.strip() for field in line.split("\t")]


@cache
def word_sets(name: str) -> dict[str, frozenset[str]]:
    """A file whose lines are a name and the words that belong to it."""
    return {row[0]: frozenset(row[-1].split()) for row in rows(name)}


@cache
def rude_words() -> RudeWords:
    """The rude words with all their forms."""
    whole: dict[str, RudeWord] = {}
    last: dict[str, RudeWord] = {}
    first: dict[str, RudeWord] = {}
    for kind, severity, language, forms in rows("words.tsv"):
        for form in forms.split():
            base = form.strip("+-~")
            entry = RudeWord(Kind(kind.upper()), SEVERITY_SCORES[int(severity)], base)
            endings = ("",) if "~" not in form else ENGLISH_ENDINGS if language == "en" else NORDIC_ENDINGS
            if not form.startswith("-"):
                whole |= {base + ending: entry for ending in endings}
            if form.startswith(("+", "-")):
                last |= {base + ending: entry for ending in endings}
            if form.endswith("+"):
                first[base] = entry
    innocent = frozenset(word for row in rows("innocent.txt") for word in row[0].split())
    return RudeWords(whole, last, first, _by_shape(whole), innocent)


def _by_shape(whole: dict[str, RudeWord]) -> dict[tuple[str, int], list[str]]:
    shapes: dict[tuple[str, int], list[str]] = {}
    for word in whole:
        shapes.setdefault((word[0], len(word)), []).append(word)
    return shapes


@cache
def phrases() -> tuple[Phrase, ...]:
    """All phrases, compiled."""
    return tuple(
        Phrase(KINDS[kind], code, float(score), re.compile(_pattern(text)), _triggers(text))
        for kind, code, score, text in rows("phrases.tsv")
    )


@cache
def _by_trigger() -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for number, phrase in enumerate(phrases()):
        for trigger in phrase.triggers:
            found[trigger] = (*found.get(trigger, ()), number)
    return found


def phrases_for(beginnings: set[str]) -> list[Phrase]:
    """The phrases that can stand in a text whose words begin so (four letters each), in the order of the file."""
    known = _by_trigger()
    return [phrases()[number] for number in sorted({n for word in beginnings if word in known for n in known[word]})]


KINDS = {
    "threat": Kind.THREAT,
    "danger": Kind.DANGER,
    "case": Kind.CASE_HANDLING,
    "health": Kind.HEALTH,
    "child": Kind.CHILD,
    "hate": Kind.HATE,
    "insult": Kind.INSULT,
    "obscene": Kind.OBSCENE,
}


def _pattern(text: str) -> str:
    """The phrase as a regular expression over a `Line`; each part is bounded, so the search is linear."""
    parts = []
    for slot in text.split():
        if slot == "..":
            parts.append(r"(?:[^ .]+ ){0,5}?")
        elif slot.startswith("?"):
            parts.append(f"(?:{_alternatives(slot[1:])} )?")
        else:
            parts.append(f"{_alternatives(slot.lstrip('!'))} ")
    return "(?<= )" + "".join(parts)


def _alternatives(slot: str) -> str:
    forms = [re.escape(word).replace(r"\*", r"[^ .]{0,20}") for word in sorted(_words_of(slot))]
    return f"(?:{'|'.join(forms)})"


def _words_of(slot: str) -> set[str]:
    words: set[str] = set()
    for part in slot.split("|"):
        words |= word_sets("classes.tsv")[part[1:]] if part.startswith("@") else {part.replace("-", " ")}
    return words


def _triggers(text: str) -> frozenset[str]:
    marked = next(slot for slot in text.split() if slot.startswith("!"))
    return frozenset(word.rstrip("*").split()[0][:4] for word in _words_of(marked[1:]))
