"""A clock that tests can move."""

import time
from datetime import UTC, datetime


class Clock:
    """Unix time in seconds; real time plus what it was moved, or a fixed time."""

    def __init__(self) -> None:
        self.moved = 0.0
        self.fixed: float | None = None

    def now(self) -> float:
        if self.fixed is not None:
            return self.fixed
        return time.time() + self.moved

    def fix(self, at: float | None) -> None:
        """Stand still at `at` (Unix seconds); None lets it run again."""
        self.fixed = at

    def advance(self, seconds: float) -> None:
        if self.fixed is not None:
            self.fixed += seconds
        else:
            self.moved += seconds


def graph_time(seconds: float) -> str:
    """The form that the Graph API writes times in: 2026-03-10T09:00:00+0000."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


def seconds_of(text: str) -> float:
    """Reads what the API accepts as a time: Unix seconds or ISO 8601. Raises ValueError."""
    if text.replace(".", "", 1).lstrip("-").isdigit():
        return float(text)
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
