"""Whether there is an article at all."""

from collections.abc import Iterator

from torg.publishing.gate.types import Place, Remark, advice, refusal
from torg.publishing.types import Content


def find(content: Content) -> Iterator[Remark]:
    """A title and a text in the main language; a lead, since that is what lists and search show."""
    language = content.main_language
    if content.main_language not in content.texts:
        yield refusal("no_main_text", Place("body", language))
    for code, words in content.texts.items():
        if not words.title.strip():
            yield refusal("no_title", Place("title", code))
        if not words.body.strip():
            yield refusal("no_body", Place("body", code))
        if not words.lead.strip():
            yield advice("no_lead", Place("lead", code))
