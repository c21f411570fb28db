"""Messenger: messages and what happens around them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from torg.connectors.channels.facebook.attachments import of_message as attachments_of
from torg.connectors.channels.facebook.origin import Origin
from torg.connectors.channels.facebook.values import Object, as_id, as_object, as_text, as_time, is_object
from torg.connectors.contract import Attachment, InboundEvent, Kind

# What Messenger shows instead of a picture that it may not pass on in Europe.
_WITHHELD_IN_EUROPE = "privacy rules in Europe"
_AROUND = frozenset({"sender", "recipient", "timestamp"})


@dataclass(frozen=True, slots=True)
class _Content:
    """What an item carries beside who, when and what kind."""

    external_id: str | None = None
    parent_id: str | None = None
    text: str | None = None
    attachments: tuple[Attachment, ...] = ()
    is_echo: bool = False
    echo_app_id: str | None = None
    details: Mapping[str, str | None] = field(default_factory=dict)


_NOTHING = _Content()


def is_item(value: Object) -> bool:
    """Whether this is an element of `messaging`."""
    return ("sender" in value or "recipient" in value) and any(key in value for key in _READERS)


def page_of(item: Object) -> str | None:
    """The Page of an item that came without its entry: it receives, except for the echo of what it sent."""
    is_echo = bool(as_object(item.get("message")).get("is_echo"))
    return _id_of(item.get("sender" if is_echo else "recipient"))


def to_event(item: Object, origin: Origin) -> InboundEvent:
    """The event of one element of `messaging` or `standby`; the key that is present says what it is."""
    key = next((key for key in _READERS if is_object(item.get(key))), None)
    if key is None:
        name = next((key for key in item if key not in _AROUND), "unknown")
        return _event(item, origin, Kind.UNKNOWN, as_text(name) or "unknown")
    return _READERS[key](item, as_object(item.get(key)), origin)


def _of_message(item: Object, message: Object, origin: Origin) -> InboundEvent:
    text = as_text(message.get("text"))
    withheld = (Attachment("file", is_withheld=True),) if text and _WITHHELD_IN_EUROPE in text else ()
    details = {
        "quick_reply": as_text(as_object(message.get("quick_reply")).get("payload")),
        "story_id": as_id(as_object(as_object(message.get("reply_to")).get("story")).get("id")),
        "is_unsupported": "true" if message.get("is_unsupported") else None,
    }
    is_echo = bool(message.get("is_echo"))
    content = _Content(
        external_id=as_id(message.get("mid")),
        parent_id=as_id(as_object(message.get("reply_to")).get("mid")),
        text=text,
        attachments=attachments_of(message) or withheld,
        is_echo=is_echo,
        echo_app_id=as_id(message.get("app_id")) if is_echo else None,
        details=details,
    )
    verb = "remove" if message.get("is_deleted") else "add"
    return _event(item, origin, Kind.MESSAGE if content.external_id else Kind.UNKNOWN, verb, content=content)


def _of_edit(item: Object, edit: Object, origin: Origin) -> InboundEvent:
    content = _Content(
        external_id=as_id(edit.get("mid")),
        text=as_text(edit.get("text")),
        details={"num_edit": as_id(edit.get("num_edit"))},
    )
    return _event(item, origin, Kind.MESSAGE if content.external_id else Kind.UNKNOWN, "edit", content=content)


def _of_reaction(item: Object, reaction: Object, origin: Origin) -> InboundEvent:
    action = as_text(reaction.get("action")) or "reaction"
    verb = {"react": "add", "unreact": "remove"}.get(action)
    content = _Content(
        parent_id=as_id(reaction.get("mid")),
        details={"reaction_type": as_text(reaction.get("reaction")), "emoji": as_text(reaction.get("emoji"))},
    )
    return _event(item, origin, Kind.REACTION if verb else Kind.UNKNOWN, verb or action, content=content)


def _of_postback(item: Object, postback: Object, origin: Origin) -> InboundEvent:
    content = _Content(
        external_id=as_id(postback.get("mid")),
        text=as_text(postback.get("title")) or None,
        details={"payload": as_text(postback.get("payload"))},
    )
    return _event(item, origin, Kind.MESSAGE, "postback", content=content)


def _of_policy(item: Object, policy: Object, origin: Origin) -> InboundEvent:
    verb = as_text(policy.get("action")) or "policy_enforcement"
    content = _Content(details={"reason": as_text(policy.get("reason"))})
    return _event(item, origin, Kind.ACCOUNT, verb, content=content)


def _of_linking(item: Object, linking: Object, origin: Origin) -> InboundEvent:
    return _event(item, origin, Kind.ACCOUNT, as_text(linking.get("status")) or "account_linking")


def _plain(kind: Kind, verb: str) -> Callable[[Object, Object, Origin], InboundEvent]:
    """Reads an item of which the presence is the message, and the details are words and numbers."""

    def read(item: Object, value: Object, origin: Origin) -> InboundEvent:
        details = {key: as_id(found) for key, found in value.items() if key != "mids"}
        mids = filter(None, map(as_id, _scalars(value.get("mids"))))
        content = _Content(details={**details, "mids": " ".join(mids) or None})
        return _event(item, origin, kind, verb, content=content)

    return read


_READERS: dict[str, Callable[[Object, Object, Origin], InboundEvent]] = {
    "message": _of_message,
    "message_edit": _of_edit,
    "reaction": _of_reaction,
    "postback": _of_postback,
    "policy_enforcement": _of_policy,
    "policy-enforcement": _of_policy,
    "account_linking": _of_linking,
    "optin": _plain(Kind.ACCOUNT, "optin"),
    "app_roles": _plain(Kind.ACCOUNT, "app_roles"),
    "read": _plain(Kind.STATE_CHANGE, "read"),
    "delivery": _plain(Kind.STATE_CHANGE, "delivery"),
    "referral": _plain(Kind.STATE_CHANGE, "referral"),
    "pass_thread_control": _plain(Kind.STATE_CHANGE, "pass_thread_control"),
    "take_thread_control": _plain(Kind.STATE_CHANGE, "take_thread_control"),
    "request_thread_control": _plain(Kind.STATE_CHANGE, "request_thread_control"),
}


def _event(
    item: Object,
    origin: Origin,
    kind: Kind,
    verb: str,
    *,
    content: _Content = _NOTHING,
) -> InboundEvent:
    sender, recipient = _id_of(item.get("sender")), _id_of(item.get("recipient"))
    own = content.is_echo or (sender is not None and sender == origin.account_id)
    told = {
        # The other party is what keeps a conversation together, whoever spoke.
        "person_id": recipient if sender == origin.account_id else sender,
        "is_standby": "true" if origin.is_standby else None,
        **content.details,
    }
    return InboundEvent(
        kind=kind,
        verb=verb,
        account_id=origin.account_id,
        external_id=content.external_id,
        parent_id=content.parent_id,
        author_id=sender,
        text=content.text,
        attachments=content.attachments,
        own=own,
        occurred_at=as_time(item.get("timestamp")) or origin.at,
        echo_app_id=content.echo_app_id,
        details=MappingProxyType({key: text for key, text in told.items() if text}),
        raw=item,
    )


def _id_of(party: object) -> str | None:
    return as_id(as_object(party).get("id"))


def _scalars(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else ()
