"""Text as it can be set: what no font has, and what one would not see, is shown as its code point."""

import re
import unicodedata
from collections.abc import Iterator, Set
from dataclasses import dataclass

# One stretch of a line: text, or a mark that stands for something else.
Run = str | dict[str, str]

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
# Letters and marks that draw nothing: fillers, joiners, the empty Braille pattern.
BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
JOINERS = frozenset("\u200c\u200d")
VARIATIONS = frozenset("\ufe0e\ufe0f")
FIRST_THAT_JOINS = 0x0590  # Hebrew; before it no script joins by these signs
FLAG_OF_TAGS = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")
MARKS_ON_ONE_LETTER = 6
LINE_ENDS = re.compile(r"\r\n|\r|\n")
# Most texts are of these alone, and need no look at each sign.
ORDINARY = re.compile("[\x20-\x7e\xa0-\xac\xae-\u017f–—‘’“”«»…•]*")
LATIN = frozenset(range(0xA1, 0x180)) - {0xAD}
# A word without an end would run off the page; from the CJK blocks on, lines break anywhere.
ENDLESS = re.compile(r"[^\s\u2e80-\U0010ffff-]{41,}")
BREAK_EVERY = 40
# A place where the line may end; it is no sign of the text, and nobody copies it.
BREAK: dict[str, str] = {"break": ""}


@dataclass(frozen=True, slots=True)
class Letters:
    """Turns text into runs, by what the fonts in use can show."""

    coverage: Set[int]

    def lines(self, text: str) -> list[list[Run]]:
        """Each line of the text as its runs."""
        return [self.runs(line) for line in LINE_ENDS.split(text)]

    def runs(self, text: str) -> list[Run]:
        """One line as stretches of text and `{"code": "U+1FAE0"}` for what cannot be shown."""
        text = text.replace("\t", "    ")
        if ORDINARY.fullmatch(text) and self.coverage >= LATIN:
            return list(_breakable(text))
        return list(self._stretches(text))

    def plainly(self, text: str) -> str:
        """The same as one string, for titles and descriptions."""
        return "".join(run if isinstance(run, str) else f"[{run['code']}]" for run in self.runs(text) if run != BREAK)

    def _stretches(self, text: str) -> Iterator[Run]:
        flags = {place for found in FLAG_OF_TAGS.finditer(text) for place in range(*found.span())}
        begun, marks = 0, 0
        for place, char in enumerate(text):
            marks = marks + 1 if unicodedata.combining(char) else 0
            if marks <= MARKS_ON_ONE_LETTER and (place in flags or self._is_shown(text, place)):
                continue
            if begun < place:
                yield from _breakable(text[begun:place])
            yield {"code": f"U+{ord(char):04X}"}
            begun = place + 1
        if begun < len(text):
            yield from _breakable(text[begun:])

    def _is_shown(self, text: str, place: int) -> bool:
        char = text[place]
        if char in JOINERS:
            return 0 < place < len(text) - 1 and all(map(_joins, (text[place - 1], text[place + 1])))
        if char in VARIATIONS:
            return place > 0 and self._is_shown(text, place - 1)
        return ord(char) in self.coverage and char not in BLANKS and unicodedata.category(char) not in UNSEEN


def _joins(neighbour: str) -> bool:
    return ord(neighbour) >= FIRST_THAT_JOINS and unicodedata.category(neighbour) not in UNSEEN


def _breakable(text: str) -> Iterator[Run]:
    """The text with places where a very long word may break, never between a letter and its marks."""
    begun = 0
    for found in ENDLESS.finditer(text):
        for place in _places(found.group()):
            yield text[begun : found.start() + place]
            yield BREAK
            begun = found.start() + place
    if begun < len(text):
        yield text[begun:]


def _places(word: str) -> Iterator[int]:
    last = 0
    for place in range(BREAK_EVERY, len(word)):
        if place - last >= BREAK_EVERY and not unicodedata.combining(word[place]):
            yield place
            last = place
