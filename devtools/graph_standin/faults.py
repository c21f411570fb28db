"""Documented troubles on demand, for requests and for deliveries."""

import asyncio
import copy
import json
import re
from typing import Any

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from devtools.graph_standin import errors
from devtools.graph_standin.errors import GraphError
from devtools.graph_standin.records import Event, Fault
from devtools.graph_standin.world import World

REQUEST_EFFECTS = {
    "timeout": "nothing is done and nothing is answered",
    "timeout_after": "it is done, and nothing is answered",
    "drop_after": "it is done, and the connection is cut",
    "error": "nothing is done; 500 with code 1, or the code, subcode and status given",
    "error_after": "it is done; 500 with code 2, or the code, subcode and status given (400 that took effect)",
    "html": "nothing is done; a page of HTML with status 502",
    "html_after": "it is done; a page of HTML with status 502",
    "dead_token": "190 with subcode 460",
    "missing_scope": "200 (or 10 for reading) for the scope given",
    "rate_limited": "80001, or 4 with app=true, with usage headers at 100 per cent",
    "from_withheld": "what is read names no citizen",
    "attachments_withheld": "what is read shows no pictures and files",
}
DELIVERY_EFFECTS = {
    "duplicate": "delivered twice",
    "reorder": "the waiting ones are delivered in the opposite order",
    "delay": "delivered `seconds` later",
    "drop": "never delivered",
    "bad_signature": "signed with another secret",
    "from_withheld": "the author is left out",
    "attachments_withheld": "pictures and files are left out",
}
HELD_FOR = 60.0


def add(world: World, content: dict[str, Any]) -> Fault:
    """Raises ValueError for an effect that does not exist or a pattern that is none."""
    match, effect = dict(content.get("match") or {}), dict(content["effect"])
    known = DELIVERY_EFFECTS if "webhook" in match else REQUEST_EFFECTS
    if effect.get("kind") not in known:
        raise ValueError(f"effect.kind must be one of {', '.join(known)}")
    for pattern in (match.get("path", ""), match.get("webhook", "")):
        try:
            re.compile(pattern)
        except re.error as problem:
            raise ValueError(f"not a pattern: {problem}") from None
    world.state.counter += 1
    fault = Fault(world.state.counter, match, effect, content.get("times", 1))
    world.faults.append(fault)
    return fault


def use(world: World, fault: Fault) -> dict[str, Any]:
    if fault.times is not None:
        fault.times -= 1
        if fault.times <= 0:
            world.faults.remove(fault)
    return fault.effect


def use_for_request(world: World, method: str, path: str) -> dict[str, Any] | None:
    for fault in world.faults:
        if "webhook" in fault.match:
            continue
        if fault.match.get("method", method).upper() == method and re.search(fault.match.get("path", ""), path):
            return use(world, fault)
    return None


def use_for_delivery(world: World, fields: list[str], kind: str) -> dict[str, Any] | None:
    for fault in world.faults:
        pattern = fault.match.get("webhook")
        if pattern is None or fault.effect["kind"] != kind:
            continue
        if any(re.search(pattern, field) for field in fields):
            return use(world, fault)
    return None


def without_author(event: Event) -> Event:
    told = copy.deepcopy(event)
    told.value.pop("from", None)
    return told


def without_attachments(event: Event) -> Event:
    told = copy.deepcopy(event)
    for holder in (told.value, told.value.get("message")):
        if isinstance(holder, dict):
            for name in ("photo", "photos", "link", "attachments"):
                holder.pop(name, None)
    return told


def refusal(effect: dict[str, Any], method: str) -> GraphError:
    kind = effect["kind"]
    if kind == "dead_token":
        return errors.DEAD_TOKEN
    if kind == "missing_scope":
        return errors.missing_permission(method, effect.get("scope", "pages_manage_engagement"))
    if kind == "rate_limited":
        return errors.APP_RATE if effect.get("app") else errors.PAGE_RATE
    usual = errors.SERVICE_DOWN if kind == "error_after" else errors.UNKNOWN_ERROR
    if "code" not in effect:
        return usual
    return GraphError(
        int(effect["code"]),
        str(effect.get("message", usual.message)),
        status=int(effect.get("status", 400)),
        subcode=effect.get("subcode"),
        is_transient=effect.get("is_transient"),
    )


class FaultGate:
    """Stands before the Graph API and lets a matching fault happen to a request."""

    def __init__(self, app: ASGIApp, world: World) -> None:
        self.app = app
        self.world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        effect = None
        if scope["type"] == "http":
            effect = use_for_request(self.world, scope["method"], scope["path"])
        if effect is None:
            await self.app(scope, receive, send)
        elif effect["kind"].endswith("_withheld"):
            scope["standin.withheld"] = {effect["kind"].removesuffix("_withheld")}
            await self.app(scope, receive, send)
        else:
            await self._trouble(effect, scope, receive, send)

    async def _trouble(self, effect: dict[str, Any], scope: Scope, receive: Receive, send: Send) -> None:
        kind: str = effect["kind"]
        if kind.endswith("_after"):
            await self.app(scope, receive, _nowhere)
        if kind.startswith("timeout"):
            await _hold(receive, float(effect.get("seconds", HELD_FOR)))
        if kind.startswith(("timeout", "drop")):
            await _cut(receive)
        else:
            await self._answer(effect, scope["method"])(scope, receive, send)

    def _answer(self, effect: dict[str, Any], method: str) -> Response:
        if effect["kind"].startswith("html"):
            return HTMLResponse("<html><body><h1>Sorry, something went wrong.</h1></body></html>", status_code=502)
        error = refusal(effect, method)
        headers = {"facebook-api-version": "v26.0"}
        if effect["kind"] == "rate_limited":
            headers |= usage_headers(self.world, at_least=100)
        return JSONResponse(error.body(self.world.next_trace()), status_code=error.status, headers=headers)


def usage_headers(world: World, *, at_least: int = 0) -> dict[str, str]:
    """Present only when there is something to say, as Facebook's are."""
    of_app = max(world.settings.app_usage, at_least)
    of_page = max(world.settings.page_usage, at_least)
    headers: dict[str, str] = {}
    if of_app:
        usage = {"call_count": of_app, "total_time": 1, "total_cputime": 1}
        headers["X-App-Usage"] = json.dumps(usage)
    if of_page:
        case = {"type": "pages", "call_count": of_page, "total_cputime": 1, "total_time": 1}
        case["estimated_time_to_regain_access"] = world.settings.regain_minutes
        headers["X-Business-Use-Case-Usage"] = json.dumps({world.state.page.id: [case]})
    return headers


async def _nowhere(message: Message) -> None:
    """Takes an answer that nobody gets."""


async def _hold(receive: Receive, seconds: float) -> None:
    """Until the caller hangs up, at most so long."""
    try:
        async with asyncio.timeout(seconds):
            while (await receive())["type"] != "http.disconnect":
                continue
    except TimeoutError:
        return


async def _cut(receive: Receive) -> None:
    """Cuts the connection with no answer; ASGI has no word for it, so this reaches uvicorn's own transport."""
    cycle: Any = getattr(receive, "__self__", None)
    cycle.transport.abort()
    while not cycle.disconnected:
        await asyncio.sleep(0)
