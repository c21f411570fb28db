"""Dates in an answer, in Norwegian and English: what we say that we will do, and by when."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        [
            "mandag måndag monday",
            "tirsdag tysdag tuesday",
            "onsdag wednesday",
            "torsdag thursday",
            "fredag friday",
            "lørdag laurdag saturday",
            "søndag sundag sunday",
        ]
    )
    for name in names.split()
}
MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "januar january jan",
            "februar february feb",
            "mars march",
            "april apr",
            "mai may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "desember december des dec",
        ],
        start=1,
    )
    for name in names.split()
}


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: the passage, the day it means, and whether the sentence promises something by it."""

    start: int
    end: int
    on: date
    is_promise: bool


def find(text: str, *, written_on: date) -> tuple[FoundDate, ...]:
    """All dates in `text` that do not lie in the past, in the order of the text; longest first where two overlap."""
    found: dict[tuple[int, int], FoundDate] = {}
    for pattern, reading in _READINGS:
        for match in pattern.finditer(text):
            on = reading(match, written_on)
            if on is not None and on >= written_on and not _overlaps(match.span(), found):
                found[match.span()] = FoundDate(*match.span(), on, _promises(text, match.span()))
    return tuple(sorted(found.values(), key=lambda each: each.start))


def _overlaps(span: tuple[int, int], taken: dict[tuple[int, int], FoundDate]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)


_PROMISING = re.compile(
    r"\b(?:vi|eg|jeg|me|du|dere|dykk|we|i|you)\b[^.!?\n]*\b(?:"
    r"kommer?|kjem|svarer|svarar|skal|vil|lover|lovar|får|retter|rettar|ringer|ringjer|sender|ordner|ordnar|"
    r"gir|gjev|melder|melder|will|'ll|promise|get back|going to|shall|answer|hear from)\b"
    r"|\b(?:blir|vert|er|will be|is)\b[^.!?\n]*\b(?:klart?|ferdig|rettet|retta|ordnet|ordna|svart|fixed|ready|done)\b",
    re.IGNORECASE,
)
# Closed on a date, or something that takes place then, is no promise of ours.
_TELLING = re.compile(r"\b(?:stengt|stengd|åpent|ope|open|closed|arrangement\w*|møte\w*|frist\w*)\b", re.IGNORECASE)


def _promises(text: str, span: tuple[int, int]) -> bool:
    sentence = _sentence(text, span)
    return bool(_PROMISING.search(sentence)) and not _TELLING.search(sentence)


def _sentence(text: str, span: tuple[int, int]) -> str:
    """The sentence around a passage; the full stop of “3. juni” does not end it."""
    ends = [match.end() for match in re.finditer(r"(?<!\d)[.!?]+(?:\s|$)|\n", text)]
    start = max((end for end in ends if end <= span[0]), default=0)
    stop = min((end for end in ends if end >= span[1]), default=len(text))
    return text[start:stop]


def _relative(days: int) -> Callable[[re.Match[str], date], date | None]:
    return lambda _match, written_on: written_on + timedelta(days=days)


def _weekday(match: re.Match[str], written_on: date) -> date | None:
    """The next such day; said on a Friday, “Friday” with “next” before it is a week away."""
    wanted = WEEKDAYS[match["day"].lower()]
    ahead = (wanted - written_on.weekday()) % 7
    is_next = bool(match["next"])
    return written_on + timedelta(days=ahead + (7 if is_next and ahead < 7 - written_on.weekday() else 0))


def _day_and_month(match: re.Match[str], written_on: date) -> date | None:
    return _dated(int(match["number"]), MONTHS[match["month"].lower().rstrip(".")], match["year"], written_on)


def _figures(match: re.Match[str], written_on: date) -> date | None:
    return _dated(int(match["number"]), int(match["month"]), match["year"], written_on)


def _iso(match: re.Match[str], written_on: date) -> date | None:
    return _dated(int(match["number"]), int(match["month"]), match["year"], written_on)


def _dated(day: int, month: int, year: str | None, written_on: date) -> date | None:
    """The date; without a year it is the next one to come. None for a date that does not exist."""
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        this_year = date(written_on.year, month, day)
        return this_year if this_year >= written_on else date(written_on.year + 1, month, day)
    except ValueError:
        return None


def _this_week(_match: re.Match[str], written_on: date) -> date | None:
    """By the end of this working week."""
    return written_on + timedelta(days=(4 - written_on.weekday()) % 7)


def _next_week(_match: re.Match[str], written_on: date) -> date | None:
    return written_on + timedelta(days=11 - written_on.weekday())


def _within_days(match: re.Match[str], written_on: date) -> date | None:
    """So many days on; working days skip the weekends (holidays are left to the calendar)."""
    number = int(match["count"]) if match["count"].isdigit() else _COUNTS[match["count"].lower()]
    if match["unit"].lower() in {"uke", "uker", "veke", "veker", "week", "weeks"}:
        return written_on + timedelta(weeks=number)
    if not match["working"]:
        return written_on + timedelta(days=number)
    days = _working_days(written_on)
    return next(day for count, day in enumerate(days, start=1) if count == number)


def _working_days(after: date) -> Iterator[date]:
    day = after
    while True:
        day += timedelta(days=1)
        if day.weekday() < 5:
            yield day


_COUNTS = {
    **dict.fromkeys(["en", "ein", "ei", "one"], 1),
    "to": 2,
    "tre": 3,
    "fire": 4,
    "fem": 5,
    "seks": 6,
    "sju": 7,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
}
_NUMBER = r"(?P<count>[1-9]\d?|" + "|".join(_COUNTS) + ")"
_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:,?\s+(?P<year>20\d\d)\b)?"

# The most telling form first; what it has taken, the others leave alone.
_READINGS: list[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]]] = [
    (re.compile(pattern, re.IGNORECASE), reading)
    for pattern, reading in [
        (r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<number>\d\d)\b", _iso),
        (r"\b(?P<number>[0-3]?\d)\.?\s+" + _MONTH + _YEAR, _day_and_month),
        (
            r"\b(?P<month>"
            + "|".join(m for m in MONTHS if len(m) > 3)
            + r")\s+(?P<number>[0-3]?\d)(?:st|nd|rd|th)?\b"
            + _YEAR,
            _day_and_month,
        ),
        (
            r"(?<![\d.,/])(?P<number>[0-3]?\d)[./](?P<month>[01]?\d)(?:[./](?P<year>(?:20)?\d\d)\b|(?:\.|\b)(?![.,]?\d))",
            _figures,
        ),
        (r"\b(?:i\s+overmorgen|i\s+overmorgon|day\s+after\s+tomorrow)\b", _relative(2)),
        (r"\b(?:i\s+morgen|i\s+morgon|imorgen|imorgon|tomorrow)\b", _relative(1)),
        (r"\b(?:i\s+dag|idag|today|i\s+ettermiddag|this\s+afternoon)\b", _relative(0)),
        (
            r"\b(?:innen|innan|om|within|in)\s+"
            + _NUMBER
            + r"\s+(?P<working>arbeids|virke|verke|working\s+|business\s+)?"
            r"(?P<unit>dager|dagar|dag|days|day|uker|uke|veker|veke|weeks|week)\b",
            _within_days,
        ),
        (r"\b(?:neste|next)\s+(?:uke|veke|week)\b", _next_week),
        (
            r"\b(?:(?:i\s+løpet\s+av|innen|innan|denne|this|by\s+the\s+end\s+of\s+the)\s+"
            r"(?:utgangen\s+av\s+)?(?:uka|uken|uke|veka|veke|week))\b",
            _this_week,
        ),
        (r"\b(?P<next>neste\s+|next\s+)?(?P<day>" + "|".join(WEEKDAYS) + r")(?:en)?\b", _weekday),
    ]
]
