"""How hard a text is to read, by LIX (lesbarhetsindeks, Björnsson 1968)."""

import re
from collections.abc import Iterator

from torg.publishing import rendering
from torg.publishing.gate.types import Bounds, Place, Remark, advice, refusal
from torg.publishing.types import Content

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
END_OF_SENTENCE = re.compile(r"[.!?:]+(?=\s|$)|\n")
LONG = 6
# A handful of words has no reading level: one long name would decide it.
FEWEST_WORDS = 40
MEASURED = frozenset({"nb", "nn", "en", "da", "sv"})


def lix(text: str) -> int | None:
    """Words per sentence plus the percentage of words of more than six letters; None for a text too short to tell."""
    words = WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = sum(1 for part in END_OF_SENTENCE.split(text) if WORD.search(part))
    long = sum(1 for word in words if len(word) > LONG)
    return round(len(words) / max(sentences, 1) + 100 * long / len(words))


def plain(body: str) -> str:
    """The text as it is read: no marks, one line for each paragraph, heading or item."""
    inline = (token for token in rendering.tokens(body) if token.type == "inline")
    return "\n".join(" ".join(part.content for part in token.children or [] if part.content) for token in inline)


def find(content: Content, bounds: Bounds) -> Iterator[Remark]:
    """Each language that is too hard, or nearly so."""
    for language, words in content.texts.items():
        score = lix(f"{words.lead}\n{plain(words.body)}") if language in MEASURED else None
        if score is None:
            continue
        if score > bounds.lix_refuse_above:
            yield refusal("hard_to_read", Place("body", language), lix=score, most=bounds.lix_refuse_above)
        elif score > bounds.lix_warn_above:
            yield advice("rather_hard_to_read", Place("body", language), lix=score, most=bounds.lix_warn_above)
