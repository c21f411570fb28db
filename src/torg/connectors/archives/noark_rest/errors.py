"""The interface's status codes as the errors of the contract."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from torg.connectors.contract import (
    Ambiguous,
    ChannelError,
    CredentialsDead,
    Gone,
    PermissionMissing,
    RateLimited,
    Refused,
    Temporary,
)

_LONGEST_REASON = 500
_WAIT = timedelta(minutes=5)


class Conflict(Temporary):
    """Somebody else has changed it since we read it (409, 412)."""


class TooLong(Refused):
    """The core takes a file of this size in parts only."""


class TokenRefused(CredentialsDead):
    """The token is not, or no longer, accepted; logging in again may help."""


def to_error(status: int, body: bytes, headers: Mapping[str, str], *, is_act: bool, now: datetime) -> ChannelError:
    """The error for an answer that is none of 2xx."""
    code, reason = str(status), reason_of(body)
    named: dict[int, type[ChannelError]] = {
        401: TokenRefused,
        403: PermissionMissing,
        404: Gone,
        409: Conflict,
        410: Gone,
        412: Conflict,
        413: TooLong,
        503: Temporary,
    }
    if status == 429:
        return RateLimited("The archive asks us to wait.", code=code, until=_until(headers, now))
    if status in named:
        return named[status](reason or "The archive says no.", code=code)
    if 400 <= status < 500:
        return Refused(reason or "The archive refuses it without saying why.", code=code)
    return unreadable(code, is_act=is_act)


def unreadable(code: str | None, *, is_act: bool) -> ChannelError:
    """No answer that tells how it went; an act may have taken effect."""
    return (Ambiguous if is_act else Temporary)("The archive gave no readable answer.", code=code)


def reason_of(body: bytes) -> str:
    """The core's own words, wherever it has put them."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(told, dict):
        return ""
    words = (told.get(name) for name in ("message", "description", "beskrivelse", "feilmelding", "error_description"))
    return next((word[:_LONGEST_REASON] for word in words if isinstance(word, str) and word), "")


def _until(headers: Mapping[str, str], now: datetime) -> datetime:
    told = headers.get("retry-after", "")
    if told.isdigit():
        return now + timedelta(seconds=min(int(told), 24 * 3600))
    try:
        return max(parsedate_to_datetime(told), now)
    except (ValueError, TypeError):
        return now + _WAIT
