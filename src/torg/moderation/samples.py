"""The notices of many as they will read, a few of each language, before anybody agrees to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from torg.inbox.windows import length
from torg.moderation import framing, notices
from torg.moderation.models import NoticeWording, Target
from torg.moderation.notices import Parts
from torg.moderation.telling import Telling
from torg.moderation.types import LANGUAGE_NAMES, LANGUAGES

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Sample:
    """One notice as it will read, and whether it is in Torg's own words though others are put otherwise."""

    target: Target
    text: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """The notices in one language: how many, the words of all, and some as they will read."""

    language: str
    count: int
    frame: Parts
    newest: NoticeWording | None
    samples: Sequence[Sample]
    own: int

    @property
    def called(self) -> str:
        """What the language calls itself."""
        return LANGUAGE_NAMES[self.language]

    @property
    def names(self) -> list[str]:
        """What can be filled in, as it is written."""
        return [f"{{{name}}}" for name in framing.names(self.language).values()]


def batches(told: Sequence[Telling], newest: dict[str, NoticeWording], trial: dict[str, Parts]) -> list[Batch]:
    """By language. `trial` holds words that somebody wants to see before they are kept."""
    return [
        _batch([each for each in told if each.language == language], newest.get(language), trial.get(language))
        for language in LANGUAGES
        if any(each.language == language for each in told)
    ]


def _batch(told: Sequence[Telling], newest: NoticeWording | None, trial: Parts | None) -> Batch:
    language = told[0].language
    kept = framing.parts_in(newest) if newest else None
    frame = trial or kept
    read = [_read(each, frame) for each in told]
    own = [each for each in read if each.is_own] if frame else []
    # The first, the longest, and one that keeps Torg's words where there is one.
    longest = max(read, key=lambda each: length(each.text))
    chosen = {each.target.pk: each for each in (read[0], longest, *own[:1], *read[1:SHOWN])}
    standard = framing.frame_of(framing.fullest(told).told, language=language)
    return Batch(language, len(told), frame or standard, newest, list(chosen.values())[:SHOWN], len(own))


def _read(each: Telling, frame: Parts | None) -> Sample:
    link = notices.Token(notices.COVERED_LINK).link
    parts = framing.filled(frame, each.told, language=each.language) if frame else None
    text = (
        notices.assemble(parts, each.told, language=each.language, link=link)
        if parts
        else notices.write(each.told, language=each.language, link=link, limit=notices.limit_when_covered(each.limit))
    )
    return Sample(each.target, text, parts is None)
