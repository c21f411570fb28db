"""Personal data that must not stand in the open, found by the detectors."""

from collections.abc import Iterator

from torg.detectors import running
from torg.detectors.types import Kind
from torg.publishing.gate.types import Place, Remark, advice, refusal
from torg.publishing.types import Content

FORBIDDEN = {Kind.NATIONAL_ID: "national_id"}
# May be right in a message to the public, and may be about somebody: a person looks.
DOUBTFUL = {Kind.ACCOUNT: "account_number", Kind.HEALTH: "health", Kind.CHILD: "child"}


def find(content: Content) -> Iterator[Remark]:
    """Remarks on everything that people would read, alternatives of pictures and posts included.

    The place names no words: they are what must not be spread further.
    """
    for place, text in _texts(content):
        kinds = {finding.kind for finding in running.run(text)}
        yield from (refusal(code, place) for kind, code in FORBIDDEN.items() if kind in kinds)
        yield from (advice(code, place) for kind, code in DOUBTFUL.items() if kind in kinds)


def _texts(content: Content) -> Iterator[tuple[Place, str]]:
    for language, words in content.texts.items():
        yield Place("body", language), f"{words.title}\n{words.lead}\n{words.body}"
    for number, picture in enumerate(content.pictures, start=1):
        for language, alt in picture.alts.items():
            yield Place("picture", language, number), alt
    for number, channel in enumerate(content.channels, start=1):
        yield Place("channel", channel.language, number), channel.text
