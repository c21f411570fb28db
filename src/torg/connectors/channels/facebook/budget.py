"""How much of the platform's allowance we have used, and when to go slowly or stop."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from torg.connectors.channels.facebook.values import as_list, as_object

_SLOW, _STOP = 75.0, 95.0
_LONGEST_PAUSE_SECONDS = 5.0
# Facebook counts over a rolling hour; after a while without news we may try again.
_FORGET = timedelta(minutes=10)
_SHARES = ("call_count", "total_time", "total_cputime")


class Budget:
    """The share used, as the last answers told in `X-App-Usage` and `X-Business-Use-Case-Usage`.

    Keep one for each connection, so that its calls know of each other. Replies and moderation go on to the last;
    reading slows at 75 % and stops at 95 %, so that what is left is theirs.
    """

    def __init__(self) -> None:
        self._used = 0.0
        self._noted_at: datetime | None = None
        self._until: datetime | None = None

    def note(self, headers: Mapping[str, str], *, at: datetime) -> None:
        """Remember what an answer's headers tell; they come only after enough calls."""
        shares, minutes = [], 0.0
        for usage in _usages(headers):
            shares += [_share(usage.get(name)) for name in _SHARES]
            minutes = max(minutes, _share(usage.get("estimated_time_to_regain_access")))
        if shares:
            self._used, self._noted_at = max(shares), at
            self._until = at + timedelta(minutes=minutes) if minutes else None

    def used(self, *, at: datetime) -> float:
        """Per cent of the allowance, the worst of all counts; 0 when the last news are old."""
        if self._noted_at is None or at >= (self._until or self._noted_at + _FORGET):
            return 0.0
        return self._used

    def pause(self, *, at: datetime) -> float:
        """Seconds to wait before the next read: none below 75 %, then growing."""
        over = (self.used(at=at) - _SLOW) / (_STOP - _SLOW)
        return max(0.0, min(1.0, over)) * _LONGEST_PAUSE_SECONDS

    def stopped_until(self, *, at: datetime) -> datetime | None:
        """When reading may go on, or None when it may go on now."""
        if self.used(at=at) < _STOP or self._noted_at is None:
            return None
        return self.regained_at or self._noted_at + _FORGET

    @property
    def regained_at(self) -> datetime | None:
        """When the platform says that a blocked account is let in again."""
        return self._until


def _usages(headers: Mapping[str, str]) -> Iterator[Mapping[str, object]]:
    app = _parsed(headers.get("x-app-usage"))
    if app:
        yield app
    for uses in _parsed(headers.get("x-business-use-case-usage")).values():
        yield from map(as_object, as_list(uses))


def _parsed(header: str | None) -> Mapping[str, object]:
    try:
        return as_object(json.loads(header)) if header else {}
    except (ValueError, RecursionError):
        return {}


def _share(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0.0
