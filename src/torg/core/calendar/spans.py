"""How long something may take: working hours and minutes, or whole working days."""

import re
from dataclasses import dataclass

from torg.core.calendar.problems import CalendarProblem

LONGEST_SECONDS = 10 * 366 * 24 * 3600
LONGEST_DAYS = 10 * 366
HOURS_AND_MINUTES = re.compile(r"(?:(\d{1,6})h)?(?:(\d{1,8})m)?(?:(\d{1,9})s)?")
DAYS = re.compile(r"(\d{1,6})d")


@dataclass(frozen=True, slots=True)
class Span:
    """Either `seconds` of working time or whole working `days`; both zero means that no clock runs."""

    seconds: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        if self.seconds < 0 or self.days < 0:
            raise CalendarProblem("A span cannot be negative.")
        if self.seconds and self.days:
            raise CalendarProblem("Give either working days or working hours and minutes, not both.")
        if self.seconds > LONGEST_SECONDS or self.days > LONGEST_DAYS:
            raise CalendarProblem("A span cannot be longer than ten years.")

    @property
    def is_none(self) -> bool:
        """Whether there is nothing to measure: no deadline has been set."""
        return not self.seconds and not self.days


def parse_span(text: str) -> Span:
    """Read `90m`, `2h`, `1h30m` (working time) or `1d` (whole working days); empty or zero is no clock.

    Raises CalendarProblem for anything else, negative spans included.
    """
    written = "".join(text.split()).lower()
    if written in {"", "0"}:
        return Span()
    if written.startswith(("-", "−")):
        raise CalendarProblem("A span cannot be negative: “%(text)s”.", text=text)
    if days := DAYS.fullmatch(written):
        return Span(days=int(days[1]))
    if parts := HOURS_AND_MINUTES.fullmatch(written):
        hours, minutes, seconds = (int(part or 0) for part in parts.groups())
        return Span(seconds=hours * 3600 + minutes * 60 + seconds)
    raise CalendarProblem("“%(text)s” is not a span. Write for example 90m, 2h, 1h30m or 1d.", text=text)
