"""A text that somebody saw in a place without an API, as the event that a platform would have told."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from torg.connectors.contract import InboundEvent, Kind

PLATFORM = "hand"


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wrote down.

    `author` is as it was shown, and may be empty. `permalink` may be empty too; where it is given, writing the same
    thing down twice is one item, whose second text is read as an edit.
    """

    text: str
    written_at: datetime
    author: str = ""
    permalink: str = ""


def event_of(written: Written, *, account_id: str, key: str) -> InboundEvent:
    """The event, under `account_id`; `key` names the item where there is no permalink.

    An author is known within this one item only: two people can have the same name, and nobody shall be held to
    answer for what another wrote.
    """
    external_id = f"hand-{_digest(written.permalink) if written.permalink else key}"
    author = written.author.strip()
    return InboundEvent(
        kind=Kind.COMMENT,
        verb="add",
        account_id=account_id,
        external_id=external_id,
        author_id=f"author-of-{external_id}" if author else None,
        author_name=author or None,
        text=written.text,
        occurred_at=written.written_at,
        permalink=written.permalink or None,
    )


def _digest(permalink: str) -> str:
    return hashlib.sha256(permalink.encode(errors="replace")).hexdigest()
