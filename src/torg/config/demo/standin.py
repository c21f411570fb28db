"""The Facebook stand-in as the demonstration needs it: its keys, and its clock, which can be moved."""

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from torg.channels.credentials import Credentials
from torg.channels.types import Account

# What the stand-in always has, as its README says; they open nothing else in the world.
ACCOUNT = Account(platform="facebook", external_id="100500000000001", app_id="520000000000001")
KEYS = Credentials("EAAStandinPageToken", "standin-app-secret", "standin-verify-token")
SECONDS = 10


@dataclass(frozen=True, slots=True)
class StandIn:
    """The stand-in at `address`, such as http://127.0.0.1:8001."""

    address: str

    @contextmanager
    def clock_at(self, moment: datetime) -> Iterator[None]:
        """What is done there meanwhile is dated `moment`."""
        self._set_clock({"at": moment.isoformat()})
        try:
            yield
        finally:
            self._set_clock({"run": True})

    def _set_clock(self, content: dict[str, str | bool]) -> None:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=SECONDS)
        try:
            connection.request("POST", "/_standin/clock", json.dumps(content))
            connection.getresponse().read()
        finally:
            connection.close()
