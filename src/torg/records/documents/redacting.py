"""Withholds words from a document before it is set, so that they are nowhere in its bytes."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.records.documents.types import Passage, Redactions
from torg.records.types import Captured, Snapshot

# Signs that one does not see, put between letters: a name with one inside is still the name.
UNSEEN = "[\u00ad\u200b-\u200d\u2060\ufeff]*"
# A shorter name, with endings, would take ordinary words with it (Bo, bolig).
LONG_NAME = 5
SHORTEST_REPEATED = 4
ENDING_OF_SHORT = "(?:'?s)?(?!\\w)"

Span = tuple[int, int, int]
# What is left of a text: words, and the numbers of the grounds on which something was withheld.
Pieces = list[str | int]


@dataclass(frozen=True, slots=True)
class Redactor:
    """Knows what is withheld in one snapshot. Raises Invalid when a passage points outside of what it names."""

    snapshot: Snapshot
    redactions: Redactions | None
    grounds: tuple[str, ...] = field(init=False)
    _spans: dict[tuple[str, int], list[Span]] = field(init=False)
    _names: tuple[re.Pattern[str], ...] = field(init=False)
    _touched: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        wanted = self.redactions or Redactions(ground="")
        own = dict.fromkeys(passage.ground for passage in wanted.passages if passage.ground)
        names = sorted(filter(str.strip, wanted.names), key=len, reverse=True)
        object.__setattr__(self, "grounds", tuple(dict.fromkeys((wanted.ground, *own))))
        object.__setattr__(self, "_names", tuple(map(_pattern_of_name, names)))
        object.__setattr__(self, "_spans", self._spans_of(wanted.passages))
        object.__setattr__(self, "_touched", frozenset(self._items_touched(wanted)))

    def pieces(self, text: str, *, item: str = "", version: int = 0) -> Pieces:
        """The text without what is withheld in it: by passages where it is a version, by names everywhere."""
        spans = list(self._spans.get((item, version), ()))
        spans += [(*found.span(), 1) for name in self._names for found in name.finditer(text)]
        return list(_cut(text, sorted(spans)))

    def is_touched(self, item: str) -> bool:
        """Whether something is withheld of this item: what would lead to it (address, checksum) is then too."""
        return item in self._touched

    def is_withheld(self, item: str, attachment: int) -> bool:
        """Whether this attachment is withheld."""
        return self.redactions is not None and (item, attachment) in self.redactions.attachments

    def withholds_title(self, title: str) -> bool:
        """Whether this title is withheld as a whole: because it is to be, or because it repeats withheld words."""
        if self.redactions is None:
            return False
        return self.redactions.title or any(found.search(title) for found in self.withheld_words())

    def withheld_words(self) -> Iterator[re.Pattern[str]]:
        """What finds the words of each passage, in their order."""
        for passage in self.redactions.passages if self.redactions else ():
            text = self._text(passage)
            yield _pattern(text[passage.start : passage.end])

    def _spans_of(self, passages: tuple[Passage, ...]) -> dict[tuple[str, int], list[Span]]:
        spans: dict[tuple[str, int], list[Span]] = defaultdict(list)
        for passage in passages:
            number = self.grounds.index(passage.ground) + 1 if passage.ground else 1
            words = self._text(passage)[passage.start : passage.end]
            spans[passage.item, passage.version].append((passage.start, passage.end, number))
            for version in self._item(passage.item).versions:
                found = _pattern(words).finditer(version.text)
                spans[passage.item, version.number] += [(*each.span(), number) for each in found]
        return spans

    def _items_touched(self, wanted: Redactions) -> Iterator[str]:
        yield from (passage.item for passage in wanted.passages)
        yield from (item for item, _place in wanted.attachments)
        for item in self.snapshot.items:
            texts = [item.author.name or "", *(version.text for version in item.versions)]
            if any(name.search(text) for name in self._names for text in texts):
                yield item.id

    def _item(self, item_id: str) -> Captured:
        found = next((item for item in self.snapshot.items if item.id == item_id), None)
        if found is None:
            raise Invalid(_("What is to be withheld is not in the document. Mark it again."))
        return found

    def _text(self, passage: Passage) -> str:
        versions = self._item(passage.item).versions
        text = next((version.text for version in versions if version.number == passage.version), "")
        if not 0 <= passage.start < passage.end <= len(text):
            raise Invalid(_("What is to be withheld is not in the document. Mark it again."))
        return text


def repeated(snapshot: Snapshot, redactions: Redactions) -> tuple[Passage, ...]:
    """Where other items repeat words that are withheld, as in a quotation: for a person to decide about.

    They are not withheld by themselves, for ordinary words may stand elsewhere by right. Raises Invalid as Redactor.
    """
    redactor = Redactor(snapshot, redactions)
    found = (
        Passage(item.id, version.number, *match.span(), ground=passage.ground)
        for passage, words in zip(redactions.passages, redactor.withheld_words(), strict=True)
        for item in snapshot.items
        if item.id != passage.item
        for version in item.versions
        for match in words.finditer(version.text)
        if match.end() - match.start() >= SHORTEST_REPEATED
    )
    return tuple(dict.fromkeys(each for each in found if each not in redactions.passages))


def _cut(text: str, spans: list[Span]) -> Iterator[str | int]:
    """Words and marks; spans that touch or overlap become one mark, whose size tells nothing."""
    end, last_mark = 0, False
    for start, stop, number in spans:
        if start > end:
            yield text[end:start]
            last_mark = False
        if stop > end or not last_mark:
            if not last_mark:
                yield number
            last_mark = True
        end = max(end, stop)
    if end < len(text):
        yield text[end:]


def _pattern_of_name(name: str) -> re.Pattern[str]:
    ending = "\\w*" if len(name.strip()) >= LONG_NAME else ENDING_OF_SHORT
    return re.compile(f"(?<!\\w){_letters(name.strip())}{ending}", re.IGNORECASE)


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(_letters(words), re.IGNORECASE)


def _letters(words: str) -> str:
    """Each letter whole or with its mark apart, any space for a space, unseen signs allowed between."""
    return UNSEEN.join("\\s+" if char.isspace() else _letter(char) for char in unicodedata.normalize("NFC", words))


def _letter(char: str) -> str:
    apart = unicodedata.normalize("NFD", char)
    return re.escape(char) if apart == char else f"(?:{re.escape(char)}|{re.escape(apart)})"
