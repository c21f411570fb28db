"""Whether the process lives, whether it can serve, and what it has counted."""

import hmac

from django.conf import settings

from torg.config import metrics
from torg.config.live import Hub, Receive, Scope, Send
from torg.config.visitors import Visitors

LOOPBACK = ("127.0.0.1", "::1")


class Health:
    """`/healthz`, `/readyz` and `/metrics`."""

    def __init__(self, visitors: Visitors, hub: Hub) -> None:
        self._visitors = visitors
        self._hub = hub

    async def alive(self, scope: Scope, receive: Receive, send: Send) -> None:
        """200 as long as the process answers at all: never restart it because the database is away."""
        await answer(send, 200, b"alive\n")

    async def ready(self, scope: Scope, receive: Receive, send: Send) -> None:
        """200 when pages can be served; 503 tells a proxy to send people elsewhere."""
        if await self._visitors.has_database():
            await answer(send, 200, b"ready\n")
        else:
            await answer(send, 503, b"the database does not answer\n")

    async def metrics(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Counts, for this machine or for whoever has the token; to others there is nothing here."""
        if not may_read_metrics(scope):
            await answer(send, 404, b"not found\n")
            return
        body, media_type = metrics.text(open_streams=self._hub.open_streams, is_listening=self._hub.is_listening)
        await answer(send, 200, body, media_type)


def may_read_metrics(scope: Scope) -> bool:
    """Whether the request has the token, or comes from this machine and not through a proxy on it."""
    headers = dict(scope["headers"])
    given = headers.get(b"authorization", b"").removeprefix(b"Bearer ")
    if settings.METRICS_TOKEN and hmac.compare_digest(given, settings.METRICS_TOKEN.encode()):
        return True
    client = scope.get("client")
    came_through_proxy = any(name in headers for name in (b"x-forwarded-for", b"forwarded", b"via"))
    return client is not None and client[0] in LOOPBACK and not came_through_proxy


async def answer(send: Send, status: int, body: bytes, media_type: str = "text/plain; charset=utf-8") -> None:
    """A whole answer that nobody keeps."""
    headers = [(b"content-type", media_type.encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
