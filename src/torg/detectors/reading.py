"""A text made comparable: lower case, look-alikes and hidden characters resolved, every place still known."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from torg.detectors.hosts import NO_LISTS, HostLists

# Letters of other scripts that pass for Latin ones; only what a writer who hides a word would choose.
LOOK_ALIKES = str.maketrans("аеорсухіјѕԁɡӏкмтοανιτκρ", "aeopcyxijsdglkmtoavitkp")
PLAIN = re.compile(r"[ -~æøåÆØÅäöÄÖéÉüÜ\n\t\r–—«»“”’…]*")
WORD = re.compile(r"[^\W_]+(?:['’@$*]{1,4}[^\W_]+)*[*]*")
# The look-behind keeps a long run of signs from being tried from each of its places.
SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+(?![.!?…\w])|[\n\r]+|(?<=\w)[!?]+")
QUOTED = re.compile(r"«[^«»\n]{1,300}»|“[^“”\n]{1,300}”|\"[^\"\n]{1,300}\"")
SPACED_OUT = re.compile(r"(?<!\w)[^\W\d_](?:[ .\-_*·]{1,2}[^\W_]){3,20}(?!\w)")
LEET = str.maketrans("0134578@$", "oieastbas")
LEET_SIGNS = re.compile(r"[0134578@$]")
RUN = re.compile(r"(\w)\1{2,}")
# Most words that people write are few: what is worked out for a word is kept for this many.
WORDS_KEPT = 20_000
LATIN_DIACRITIC_KEEPS = frozenset("æøåäöéüèêôáčđŋšŧžóòñçíâï")


class Token(NamedTuple):
    """One word as it is compared, and its place in the text."""

    word: str
    start: int
    end: int
    is_disguised: bool = False


class Reading:
    """One text, read once for all detectors."""

    def __init__(self, text: str, hosts: HostLists = NO_LISTS) -> None:
        self.text, self.hosts = text, hosts
        self.folded, self._places = fold(text)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where folded[start:end] stands in the text."""
        if self._places is None:
            return start, end
        return self._places[start], self._places[end - 1] + 1

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Sentences as places in the folded text, end signs included."""
        found, start = [], 0
        for end in SENTENCE_END.finditer(self.folded):
            if self.folded[start : end.end()].strip():
                found.append((start, end.end()))
            start = end.end()
        if self.folded[start:].strip():
            found.append((start, len(self.folded)))
        return found

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """What stands between quotation marks, as places in the text."""
        return [self.place(*match.span()) for match in QUOTED.finditer(self.folded)]

    @cached_property
    def tokens(self) -> list[Token]:
        """Words in order; a word written with spaces between its letters is one word."""
        spaced = {match.start(): match for match in SPACED_OUT.finditer(self.folded)}
        tokens, skip_to = [], 0
        for match in WORD.finditer(self.folded):
            if match.start() < skip_to:
                continue
            if match.start() in spaced:
                whole = spaced[match.start()]
                letters = "".join(sign for sign in whole.group() if sign.isalnum())
                tokens.append(Token(letters, *self.place(whole.start(), whole.end()), is_disguised=True))
                skip_to = whole.end()
            else:
                tokens.append(Token(match.group(), *self.place(*match.span())))
        return tokens

    @cached_property
    def line(self) -> "Line":
        """The words on one line, for phrases."""
        return Line(self)


class Line:
    """All words with one space around each, and a full stop after each sentence."""

    def __init__(self, reading: Reading) -> None:
        ends = [reading.place(end - 1, end)[1] for _, end in reading.sentences]
        self.tokens = reading.tokens
        self.offsets: list[int] = []
        parts, length, sentence = [" "], 1, 0
        for token in self.tokens:
            while sentence < len(ends) and token.start >= ends[sentence]:
                parts.append(". ")
                length += 2
                sentence += 1
            self.offsets.append(length)
            word = plain_word(token.word)
            parts.append(word + " ")
            length += len(word) + 1
        self.text = "".join([*parts, ". "])
        self.beginnings = {word[:4] for word in self.text.split()}

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] of the line, made of whole words, stands in the original."""
        first = self.tokens[max(bisect_right(self.offsets, start) - 1, 0)]
        last = self.tokens[bisect_right(self.offsets, end - 1) - 1]
        return first.start, last.end


@lru_cache(WORDS_KEPT)
def plain_word(word: str) -> str:
    """The word with figures for letters and drawn-out letters made plain; without figures it stays."""
    if word.isalpha():
        return RUN.sub(r"\1", word)
    if LEET_SIGNS.search(word) and any(sign.isalpha() for sign in word):
        word = word.translate(LEET)
    return RUN.sub(r"\1", word.replace("'", "").replace("’", ""))


def fold(text: str) -> tuple[str, Sequence[int] | None]:
    """The comparable text and, for each of its characters, the place in `text`; None when places are the same."""
    if PLAIN.fullmatch(text):
        return text.lower(), None
    folded, places = [], []
    for place, sign in enumerate(text):
        for plain in fold_sign(sign):
            folded.append(plain)
            places.append(place)
    return "".join(folded), places


def fold_sign(sign: str) -> str:
    """One character made comparable; hidden ones vanish."""
    if sign < "\x7f" or sign in LATIN_DIACRITIC_KEEPS:
        return " " if sign == "\x00" else sign.lower()
    category = unicodedata.category(sign)
    if category in {"Cf", "Mn", "Me", "Cs", "Co", "Cn"}:
        return ""
    if category == "Nd":
        return str(unicodedata.digit(sign))
    if category[0] == "Z":
        return " "
    lower = unicodedata.normalize("NFKC", sign).lower()
    return lower if lower in LATIN_DIACRITIC_KEEPS else lower.translate(LOOK_ALIKES)
