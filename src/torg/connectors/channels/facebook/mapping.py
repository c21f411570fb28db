"""From a webhook delivery to normalised events; the platform's words end here.

| in the delivery | kind | verb | external_id | parent_id |
|---|---|---|---|---|
| feed: comment | comment, or reply when the parent is a comment | as below | comment_id | the post or the comment |
| feed: post, status, photo, video, share, album, event, … | post | as below | post_id, else the film's own id | – |
| feed: reaction, like | reaction, never a comment | as below | – (it has none) | what is reacted to |
| mention | mention | as below | comment_id or post_id | the post of a comment |
| ratings: rating | post (a person's review, which can be commented) | as below | open_graph_story_id | – |
| ratings: comment, like, reaction | as in feed | as below | as in feed | as in feed |
| live_videos, videos | state-change | the status it changed to | id | – |
| conversations | state-change | update | thread_id | – |
| message | message | add; remove when unsent | mid | the message it replies to |
| message_edit | message | edit | mid | – |
| reaction (Messenger) | reaction | add, remove | – | mid |
| postback | message | postback | mid where given | – |
| read, delivery, referral, pass/take/request_thread_control | state-change | the platform's word | – | – |
| policy_enforcement | account | block, unblock, … | – | – |
| account_linking | account | linked, unlinked | – | – |
| app_roles, optin | account | the platform's word | – | – |
| anything else | unknown | its verb, or the name of the field | best guess | – |

Verbs: `edited` and `update` are `edit`, `delete` is `remove`; add, hide, unhide, block, unblock, mute, unmute and
follow stand as they are; any other verb makes the event unknown. `occurred_at` is created_time or timestamp, else
the time of the entry. `own` means that the author is the account itself, or that the message is an echo.
"""

from collections.abc import Iterator

from torg.connectors.channels.facebook import feed, messaging
from torg.connectors.channels.facebook.origin import Origin
from torg.connectors.channels.facebook.values import Object, as_id, as_list, as_object, as_time, is_object
from torg.connectors.contract import InboundEvent

# What describes an entry, as against what it carries.
_ENVELOPE = frozenset({"id", "uid", "time", "object", "changed_fields"})
_MESSAGING = frozenset({"messaging", "standby"})


def events_of(delivery: Object) -> Iterator[InboundEvent]:
    """Every event of a delivery, in its order; also of a lone entry, change or message, as logs keep them."""
    if "entry" in delivery:
        entries = delivery["entry"]
        for entry in as_list(entries) if isinstance(entries, (list, dict)) else (entries,):
            yield from _of_entry(entry)
    elif _is_entry(delivery):
        yield from _of_entry(delivery)
    elif "field" in delivery:
        yield _of_change(delivery, Origin(account_id=feed.page_of(as_object(delivery.get("value")))))
    elif "sender" in delivery or "recipient" in delivery:
        yield messaging.to_event(delivery, Origin(account_id=messaging.page_of(delivery)))
    else:
        yield feed.unknown(delivery, "unknown", Origin())


def _is_entry(found: Object) -> bool:
    return "changes" in found or bool(_MESSAGING & found.keys())


def _of_entry(entry: object) -> Iterator[InboundEvent]:
    if not is_object(entry):
        yield feed.unknown({"entry": entry}, "entry", Origin())
        return
    origin = Origin(account_id=as_id(entry.get("id")), at=as_time(entry.get("time")))
    for name, carried in entry.items():
        if name in _ENVELOPE:
            continue
        # Something that we do not know by name, or that has not the shape it should have, is still shown.
        elements = carried if isinstance(carried, list) else [carried]
        for element in elements:
            yield _of_element(name, element, origin)


def _of_element(name: str, element: object, origin: Origin) -> InboundEvent:
    if name == "changes" and is_object(element):
        return _of_change(element, origin)
    if name in _MESSAGING and is_object(element):
        account = origin.account_id or messaging.page_of(element)
        return messaging.to_event(element, Origin(account, origin.at, is_standby=name == "standby"))
    return feed.unknown(element if is_object(element) else {name: element}, name, origin)


def _of_change(change: Object, origin: Origin) -> InboundEvent:
    value = as_object(change.get("value"))
    # The dashboard's test button sends messages as changes.
    if messaging.is_item(value):
        return messaging.to_event(value, origin)
    return feed.to_event(change, origin)
