"""Tells a hub that feeds have something new (WebSub, https://www.w3.org/TR/websub/); the outbox's handler."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings

from torg.connectors import contract
from torg.connectors.services import fetch
from torg.core import clock, ids
from torg.outbox import commands as outbox
from torg.outbox.types import Planned, Sent
from torg.site import addresses, choices

HANDLER = "site.websub"
# The public site belongs to no page of ours on social media.
NO_SCOPE = UUID(int=0)
FEEDS = ("rss.xml", "atom.xml", "feed.json")
MAX_SECONDS, MAX_BYTES = 10.0, 64 * 1024


def tell_hub(changed: Iterable[str], *, at: datetime) -> None:
    """Plan a message to the hub about the feeds among these addresses; nothing where there is no hub."""
    feeds = sorted(path for path in changed if path.endswith(FEEDS))
    hub = choices.now().hub
    if not hub or not feeds:
        return
    told = Planned(
        handler=HANDLER,
        kind="websub",
        scope_id=NO_SCOPE,
        serial_key="site.websub",
        subject_kind="site.feeds",
        subject_id=ids.new(),
        payload={"hub": hub, "feeds": [addresses.whole(path) for path in feeds]},
        place="WebSub",
    )
    outbox.plan(told, at=at)


def perform(act: Sent) -> contract.Done:
    """Tell the hub. It fetches the feeds itself, so a repetition harms nothing."""
    form = [("hub.mode", "publish"), *(("hub.url", address) for address in act.payload["feeds"])]
    door = fetch.Door(max_seconds=MAX_SECONDS, max_bytes=MAX_BYTES, allow_loopback=settings.HUB_MAY_BE_LOOPBACK)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        answer = fetch.post(act.payload["hub"], door=door, body=urlencode(form).encode(), headers=headers)
    except fetch.Blocked as error:
        raise contract.Refused("The hub's address leads into our own network.") from error
    except fetch.FetchProblem as error:
        raise contract.Temporary("The hub did not answer.") from error
    if 400 <= answer.status < 500:
        raise contract.Refused("The hub says no.", code=str(answer.status))
    if not 200 <= answer.status < 300:
        raise contract.Temporary("The hub did not take it.", code=str(answer.status))
    return contract.Done(at=clock.now())


def look(act: Sent, since: datetime) -> Sequence[contract.Match]:
    """What a hub was told cannot be looked up; telling it again is safe."""
    return ()


def on_outcome(act: Sent, at: datetime) -> None:
    """Nothing of ours changes with it: the outbox shows the state."""
