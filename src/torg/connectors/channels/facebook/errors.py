"""From the platform's codes to our ten errors; decided by code and subcode, never by words, which are translated."""

from datetime import datetime, timedelta

from torg.connectors import contract
from torg.connectors.channels.facebook.values import Object, as_id, as_text
from torg.connectors.contract import ChannelError

_RATE = frozenset({4, 17, 32, 341, 613}) | frozenset(range(80000, 80100))
_DEAD = frozenset({102, 190})
_PERMISSION = frozenset({3, 10}) | frozenset(range(200, 300))
_STUMBLING = frozenset({1, 2})
# A wrong parameter or object: the platform understood the act and did not take it.
_CLEAR = frozenset({100})
_PAUSE = timedelta(minutes=15)
_LONGEST_REASON = 300

# A subcode is more precise than its code, and comes under several of them.
_BY_SUBCODE: dict[int, tuple[type[ChannelError], str]] = {
    33: (contract.Gone, "It no longer exists, or we may not see it."),
    2018001: (contract.Gone, "This person is not known to the page."),
    2018278: (contract.WindowClosed, "The time in which we may write to this person has passed."),
    2534014: (contract.WindowClosed, "A private reply to this comment is no longer possible, or was already sent."),
    1545041: (contract.Refused, "This person cannot receive messages now."),
    1893063: (contract.Refused, "Facebook has restricted the page from sending messages."),
}
_BY_CODE: dict[int, tuple[type[ChannelError], str]] = {
    368: (contract.Refused, "Facebook has blocked this kind of act for a time, because of its rules."),
    506: (contract.Duplicate, "Facebook says that this was already published."),
    551: (contract.Refused, "This person cannot receive messages now."),
    10900: (contract.Duplicate, "Facebook says that this comment already has its private reply."),
    1609005: (contract.Refused, "Facebook cannot use the link."),
}


def to_error(status: int, error: Object, *, is_act: bool, now: datetime, until: datetime | None = None) -> ChannelError:
    """The error that the platform's `error` object means.

    `until` is when the platform lets us go on, where its headers tell. An act that met a stumbling platform may have
    taken effect, so it is ambiguous where a read is temporary.
    """
    code, subcode = _number(error.get("code")), _number(error.get("error_subcode"))
    kind, reason = _kind(status, error, code, subcode, is_act=is_act)
    return kind(
        reason,
        code="/".join(str(part) for part in (code, subcode) if part is not None) or f"http {status}",
        trace=as_text(error.get("fbtrace_id")),
        until=(until or now + _PAUSE) if kind is contract.RateLimited else None,
    )


def unreadable(status: int | None, *, is_act: bool, now: datetime) -> ChannelError:
    """The error for no answer at all (`status` None), or one that is not the JSON that Graph speaks."""
    code = f"http {status}" if status else None
    if status == 429:
        return contract.RateLimited("Facebook asks us to wait.", code=code, until=now + _PAUSE)
    if is_act:
        return contract.Ambiguous("Facebook gave no readable answer; the act may have taken effect.", code=code)
    return contract.Temporary("Facebook gave no readable answer.", code=code)


def _kind(
    status: int, error: Object, code: int | None, subcode: int | None, *, is_act: bool
) -> tuple[type[ChannelError], str]:
    if subcode in _BY_SUBCODE and subcode is not None:
        return _BY_SUBCODE[subcode]
    if code in _BY_CODE and code is not None:
        return _BY_CODE[code]
    if code in _DEAD:
        return contract.CredentialsDead, "Facebook no longer accepts the key to this page."
    if code in _RATE:
        return contract.RateLimited, "Facebook has had too many calls from us."
    if code in _PERMISSION:
        return contract.PermissionMissing, "The access that was given does not include this."
    return _unlisted(status, error, code, is_act=is_act)


def _unlisted(status: int, error: Object, code: int | None, *, is_act: bool) -> tuple[type[ChannelError], str]:
    said = as_text(error.get("error_user_msg")) or as_text(error.get("message"))
    # "An unknown error" that explains itself to a person and is not passing is a refusal.
    explained = error.get("is_transient") is False and bool(error.get("error_user_msg"))
    passing = code in _STUMBLING or error.get("is_transient") is True or (status >= 500 and code not in _CLEAR)
    if passing and not explained:
        if is_act:
            return contract.Ambiguous, "Facebook stumbled; the act may have taken effect."
        return contract.Temporary, "Facebook is away or stumbling."
    if is_act and code not in _CLEAR and not explained:
        return contract.Ambiguous, "Facebook answered with an error that we do not know; the act may have taken effect."
    return contract.Refused, (said or "Facebook refused without a reason.")[:_LONGEST_REASON]


def _number(value: object) -> int | None:
    text = as_id(value) or ""
    return int(text) if text.isdecimal() and len(text) < 12 else None
