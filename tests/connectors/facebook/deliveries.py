"""Deliveries of our own making, shaped as Meta shapes them."""

import json

from torg.connectors.channels.facebook.intake import FacebookIntake
from torg.connectors.contract import InboundEvent

PAGE, PERSON = "1001", "2002"
POST, COMMENT, REPLY = f"{PAGE}_9", "9_1", "9_2"
SECONDS = 1_773_133_200  # 2026-03-10T09:00:00Z


def feed(**value: object) -> dict:
    return {"field": "feed", "value": value}


def comment(**more: object) -> dict:
    value = {
        "item": "comment",
        "verb": "add",
        "comment_id": COMMENT,
        "post_id": POST,
        "parent_id": POST,
        "from": {"id": PERSON, "name": "Kari Eksempel"},
        "message": "Når åpner svømmehallen?",
        "created_time": SECONDS,
    }
    return feed(**{key: found for key, found in (value | more).items() if found is not ...})


def message(**more: object) -> dict:
    item = {"sender": {"id": PERSON}, "recipient": {"id": PAGE}, "timestamp": SECONDS * 1000 + 250}
    return item | more


def events_of(*changes: object, messaging: tuple[object, ...] = (), **entry: object) -> list[InboundEvent]:
    """What a delivery with these changes or messages yields."""
    carried = {"changes": list(changes)} if changes else {"messaging": list(messaging)}
    return parse({"object": "page", "entry": [{"id": PAGE, "time": SECONDS + 60} | carried | entry]})


def parse(delivery: object) -> list[InboundEvent]:
    return list(FacebookIntake().parse(json.dumps(delivery).encode()))


def only(events: list[InboundEvent]) -> InboundEvent:
    assert len(events) == 1
    return events[0]
