"""Deliveries of our own making, signed as the platform signs."""

import hashlib
import hmac
import json
import time
from typing import Any

import httpx
from devtools.graph_standin.records import PAGE_ID

from tests.whole.house import House

PATH = "/webhooks/facebook"


def signature(body: bytes, secret: str) -> dict[str, str]:
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}


def send(house: House, body: bytes, *, secret: str | None = None) -> httpx.Response:
    """Post these bytes to our door, signed with the app's secret or another."""
    headers = signature(body, secret or house.standin.settings.app_secret)
    with house.anonymous() as client:
        return client.post(PATH, content=body, headers={"Content-Type": "application/json", **headers})


def comment(number: int | str, text: str = "Hei!", *, post: str = "1", at: float | None = None, **more: Any) -> Any:
    """One change: somebody commented."""
    value = {
        "item": "comment",
        "verb": "add",
        "comment_id": f"{post}_{number}",
        "post_id": f"{PAGE_ID}_{post}",
        "parent_id": f"{PAGE_ID}_{post}",
        "from": {"id": "7001", "name": "Oda Fantasdal"},
        "message": text,
        "created_time": int(at if at is not None else time.time()),
        **more,
    }
    return {"field": "feed", "value": value}


def delivery(*changes: Any) -> bytes:
    """A delivery with these changes, escaped as the platform escapes."""
    entry = {"id": PAGE_ID, "time": int(time.time()), "changes": list(changes)}
    return json.dumps({"object": "page", "entry": [entry]}, separators=(",", ":")).replace("/", "\\/").encode()
