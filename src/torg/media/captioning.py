"""Captions of films: SubRip and WebVTT are read and checked, WebVTT is written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape

from django.utils.translation import gettext as _

from torg.core.errors import Invalid

# What is commonly asked of Norwegian captions (Språkrådet, NRK): two lines, some 15 signs a second.
MOST_LINES, MOST_SIGNS_IN_LINE, MOST_SIGNS_A_SECOND = 2, 42, 20
MOST_CUES = 10_000
TIMING = re.compile(
    r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)[.,](\d{3})\s*-->\s*(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)[.,](\d{3})"
)
NO_MARKUP = str.maketrans("", "", "<>{}")
TAGS = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: from and until milliseconds, and its text without markup."""

    start: int
    end: int
    text: str


def read(data: bytes) -> list[Cue]:
    """The captions of a SubRip (.srt) or WebVTT (.vtt) file, by its content and not its name.

    Raises Invalid for what is neither, holds none, or has times that cannot be.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(_("The captions are not in UTF-8. Save them anew, in that form."), field="captions") from error
    # As WebVTT has it, 4.1; the database takes no such sign.
    text = text.replace("\x00", "\ufffd")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cues = list(_cues(lines))
    if not cues:
        raise Invalid(_("There are no captions in the file. Choose a SubRip or WebVTT file."), field="captions")
    if len(cues) > MOST_CUES:
        raise Invalid(_("There are more captions in the file than a film can have."), field="captions")
    _check(cues)
    return cues


def remarks(cues: Sequence[Cue]) -> list[str]:
    """What makes the captions hard to follow; they can be used all the same."""
    found = []
    if long := sum(_is_long(cue) for cue in cues):
        found.append(
            _("Captions with more than two lines, or lines of more than 42 signs: %(number)d.") % {"number": long}
        )
    if fast := sum(_is_fast(cue) for cue in cues):
        found.append(_("Captions that stand too short to be read: %(number)d.") % {"number": fast})
    return found


def as_vtt(cues: Sequence[Cue]) -> str:
    """The captions as WebVTT, with nothing in it that a browser could take for markup."""
    parts = [f"{_clock(cue.start)} --> {_clock(cue.end)}\n{escape(cue.text, quote=False)}" for cue in cues]
    return "WEBVTT\n\n" + "\n\n".join(parts) + "\n"


def as_srt(cues: Sequence[Cue]) -> str:
    """The captions as SubRip, which knows no escaping: signs that could be taken for markup are left out."""
    parts = [
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{cue.text.translate(NO_MARKUP)}"
        for number, cue in enumerate(cues, start=1)
    ]
    return "\n\n".join(parts) + "\n"


def _cues(lines: Sequence[str]) -> Iterator[Cue]:
    place = 0
    while place < len(lines):
        found = TIMING.match(lines[place].strip())
        place += 1
        if found is None:
            continue
        said = []
        while place < len(lines) and lines[place].strip() and not TIMING.match(lines[place].strip()):
            # In one line: a line end that is written as a sign (`&#10;`) would end the caption when it is read again.
            said.append(" ".join(unescape(TAGS.sub("", lines[place])).split()))
            place += 1
        groups = found.groups()
        yield Cue(_milliseconds(groups[:4]), _milliseconds(groups[4:]), "\n".join(line for line in said if line))


def _check(cues: Sequence[Cue]) -> None:
    before = 0
    for number, cue in enumerate(cues, start=1):
        if not cue.text:
            raise Invalid(_("Caption %(number)d is empty.") % {"number": number}, field="captions")
        if cue.end <= cue.start:
            raise Invalid(_("Caption %(number)d ends before it begins.") % {"number": number}, field="captions")
        if cue.start < before:
            raise Invalid(
                _("Caption %(number)d begins before the one above it.") % {"number": number}, field="captions"
            )
        before = cue.start


def _is_long(cue: Cue) -> bool:
    lines = cue.text.split("\n")
    return len(lines) > MOST_LINES or any(len(line) > MOST_SIGNS_IN_LINE for line in lines)


def _is_fast(cue: Cue) -> bool:
    return len(cue.text) * 1000 > MOST_SIGNS_A_SECOND * (cue.end - cue.start)


def _milliseconds(groups: Sequence[str | None]) -> int:
    hours, minutes, seconds, rest = (int(group or 0) for group in groups)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def _clock(milliseconds: int, sign: str = ".") -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{sign}{rest:03}"
