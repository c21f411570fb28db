"""Reading single values out of what the platform sends, whatever shape they have; nothing here raises."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeGuard

Object = Mapping[str, object]

# Seconds reach this number in the year 5138, milliseconds reached it in 1973.
_FIRST_MILLISECOND = 10**11


def is_object(value: object) -> TypeGuard[Object]:
    """Whether the value is a JSON object."""
    return isinstance(value, dict)


def as_object(value: object) -> Object:
    """The JSON object, or an empty one for anything else."""
    return value if is_object(value) else {}


def as_list(value: object) -> Sequence[object]:
    """The JSON array; a lone object counts as an array of one, anything else as empty."""
    if isinstance(value, list):
        return value
    return (value,) if is_object(value) else ()


def as_address(value: object) -> str | None:
    """The text as an address that a page may link to; None for `javascript:` and all else that is not of the web."""
    text = as_text(value)
    return text if text and text.startswith(("https://", "http://")) else None


def as_text(value: object) -> str | None:
    """A string that PostgreSQL and UTF-8 can hold: NUL and lone surrogates become U+FFFD."""
    if not isinstance(value, str):
        return None
    if "\x00" in value:
        value = value.replace("\x00", "\ufffd")
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


def as_id(value: object) -> str | None:
    """An id as text, also where it came as a number (above 2^53 too)."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return as_text(value) or None


def as_time(value: object) -> datetime | None:
    """A moment in UTC from Unix seconds or milliseconds (told apart by size) or from the REST form of a date."""
    if isinstance(value, str) and not value.strip().lstrip("-").isdecimal():
        return _from_iso(value)
    try:
        number = int(value) if isinstance(value, (int, float, str)) and not isinstance(value, bool) else 0
        seconds = number / 1000 if number >= _FIRST_MILLISECOND else float(number)
        return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def _from_iso(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
