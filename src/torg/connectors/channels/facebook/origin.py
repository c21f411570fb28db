"""Where in a delivery an event stood."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Origin:
    """The account and the time of the entry; `is_standby` when another application owns the conversation."""

    account_id: str | None = None
    at: datetime | None = None
    is_standby: bool = False
