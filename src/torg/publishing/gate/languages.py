"""Languages of one article that have fallen behind its main text."""

from collections.abc import Iterator

from torg.publishing.gate.types import Place, Remark, refusal
from torg.publishing.types import Content


def find(content: Content) -> Iterator[Remark]:
    """Each language that nobody has written or confirmed since the main text was last changed."""
    changed_at = content.main.confirmed_number
    for language, words in content.texts.items():
        if language != content.main_language and words.confirmed_number < changed_at:
            yield refusal("language_behind", Place("body", language))
