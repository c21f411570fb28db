"""Facebook Pages and Messenger, through the Graph API."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import urlsplit

import httpx

from torg.connectors import contract
from torg.connectors.channels.facebook import access as granted
from torg.connectors.channels.facebook import acting, counting, looking, polling
from torg.connectors.channels.facebook import holders as holding
from torg.connectors.channels.facebook.budget import Budget
from torg.connectors.channels.facebook.graph import Access, Graph
from torg.connectors.services.fetch import Door, open_client

_MAX_SECONDS = 30.0


class FacebookConnector:
    """One page on Facebook, with its conversations; raises only the errors of the contract.

    `now` is the clock, for windows and pauses. Give the same `budget` to every connector of a page.
    """

    platform = "facebook"

    def __init__(
        self,
        access: Access,
        http: httpx.Client,
        *,
        now: Callable[[], datetime],
        budget: Budget | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._graph = Graph(access, http, now=now, budget=budget, wait=wait)

    def capabilities(self) -> contract.Capabilities:
        """What is possible with the permissions that were granted."""
        return granted.capabilities(self._graph.access.scopes)

    def perform(self, act: contract.Act) -> contract.Done:
        """Carry out one act; raises a ChannelError."""
        return acting.perform(self._graph, act)

    def look(self, act: contract.Act, *, since: datetime) -> Sequence[contract.Match]:
        """What on the page may be this act."""
        return looking.look(self._graph, act, since=since)

    def state_of(self, external_id: str) -> contract.PlatformState:
        """The state of a comment or post now."""
        return looking.state_of(self._graph, external_id)

    def poll(self, cursor: contract.Cursor) -> contract.Polled:
        """The next step of reading what the push may have missed."""
        return polling.poll(self._graph, cursor)

    def object_types(self) -> tuple[str, ...]:
        """Posts, comments and messages, each read with a cursor of its own."""
        return polling.OBJECT_TYPES

    def figures(self, external_id: str) -> Sequence[contract.Measured]:
        """What Facebook counts of one post now."""
        return counting.figures(self._graph, external_id)

    def health(self) -> contract.Health:
        """The state of our key and subscription, read back."""
        return granted.health(self._graph)

    def subscribe(self) -> None:
        """Ask for the wanted fields."""
        granted.subscribe(self._graph)

    def unsubscribe(self) -> None:
        """End the subscription."""
        granted.unsubscribe(self._graph)

    def account(self) -> contract.AccountTold:
        """What stands on the page's profile, and what Facebook counts of the page."""
        return counting.account(self._graph)

    def holders(self) -> contract.HoldersTold:
        """Who can act on the page on Facebook itself."""
        return holding.holders(self._graph)

    def author_name(self, author_id: str) -> str | None:
        """The name of a person who wrote to the page, where Facebook tells."""
        return granted.author_name(self._graph, author_id)


def connect(
    access: Access, *, now: Callable[[], datetime], budget: Budget | None = None, allow_loopback: bool = False
) -> FacebookConnector:
    """A connector with its own client, which reaches the hosts of `access` and no other.

    `allow_loopback` is for the stand-in.
    """
    hosts = frozenset(urlsplit(address).hostname or "" for address in (access.base_url, access.video_url))
    door = Door(hosts=hosts, allow_loopback=allow_loopback, max_seconds=_MAX_SECONDS)
    return FacebookConnector(access, open_client(door), now=now, budget=budget)
