"""The control API under /_standin: faults, the clock, citizens' acts, deliveries, state."""

import dataclasses
import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from devtools.graph_standin import demo, faults, visitors
from devtools.graph_standin.clock import graph_time, seconds_of
from devtools.graph_standin.records import Delivery, State, Token
from devtools.graph_standin.webhooks import Courier
from devtools.graph_standin.world import Settings, World


async def content_of(request: Request) -> dict[str, Any]:
    body = await request.body()
    content = json.loads(body) if body else {}
    if not isinstance(content, dict):
        raise ValueError("send a JSON object")
    return content


def delivered(row: Delivery) -> dict[str, Any]:
    return {
        "id": row.id,
        "fields": row.fields,
        "attempts": row.attempts,
        "status": row.status,
        "answer": row.answer,
        "next_at": graph_time(row.next_at),
        "body": row.body,
    }


class Control:
    """The handlers; each takes a JSON object and gives one."""

    def __init__(self, world: World, courier: Courier) -> None:
        self.world = world
        self.courier = courier

    async def state(self, content: dict[str, Any]) -> dict[str, Any]:
        """All that is remembered, tokens apart, and what is set."""
        shown = dataclasses.asdict(self.world.state)
        shown.pop("tokens")
        shown["deliveries"] = [delivered(row) for row in self.world.state.deliveries]
        settings = dataclasses.asdict(self.world.settings)
        shown["settings"] = {key: value for key, value in settings.items() if key not in ("app_secret", "verify_token")}
        shown["faults"] = [dataclasses.asdict(fault) for fault in self.world.faults]
        return shown | {"now": graph_time(self.world.clock.now())}

    async def reset(self, content: dict[str, Any]) -> dict[str, Any]:
        """An empty page again, or (`seed`: demo) the demonstration; settings and the page's subscription stay."""
        subscribed = self.world.state.subscribed_fields
        self.courier.verified = self.courier.failing_since = None
        self.world.state = State()
        self.world.faults.clear()
        self.world.untold.clear()
        self.world.clock.fix(None)
        self.world.clock.moved = 0
        self.world.rebuild_index()
        self.world.state.subscribed_fields = subscribed
        if content.get("seed") == "demo":
            demo.seed(self.world)
        self.world.is_changed = True
        return {"success": True}

    async def add_fault(self, content: dict[str, Any]) -> dict[str, Any]:
        return dataclasses.asdict(faults.add(self.world, content))

    async def clear_faults(self, content: dict[str, Any]) -> dict[str, Any]:
        self.world.faults.clear()
        return {"success": True}

    async def clock(self, content: dict[str, Any]) -> dict[str, Any]:
        """`at` (ISO 8601 or Unix seconds) stops the clock there; `advance` moves it by seconds; `run` lets it go."""
        if content.get("run"):
            self.world.clock.fix(None)
        if "at" in content:
            self.world.clock.fix(seconds_of(str(content["at"])))
        if "advance" in content:
            self.world.clock.advance(float(content["advance"]))
        return {"now": self.world.clock.now()}

    async def settings(self, content: dict[str, Any]) -> dict[str, Any]:
        """Any of `world.Settings` by its name."""
        known = {field.name for field in dataclasses.fields(Settings)}
        if unknown := set(content) - known:
            raise ValueError(f"no such setting: {', '.join(sorted(unknown))}")
        for name, value in content.items():
            setattr(self.world.settings, name, value)
        return {"success": True}

    async def token(self, content: dict[str, Any]) -> dict[str, Any]:
        """Makes or changes a token: `value`, `kind`, `scopes`, `is_valid`, `expires` (Unix seconds)."""
        value = str(content["value"])
        token = next((row for row in self.world.state.tokens if row.value == value), None)
        if token is None:
            token = Token(value, str(content.get("kind", "PAGE")))
            self.world.state.tokens.append(token)
        for name in ("scopes", "is_valid", "expires"):
            setattr(token, name, content.get(name, getattr(token, name)))
        self.world.is_changed = True
        return dataclasses.asdict(token)

    async def deliver(self, content: dict[str, Any]) -> dict[str, Any]:
        """Tries now what is due; with `even_early` also what waits."""
        tried = await self.courier.deliver(even_early=bool(content.get("even_early")))
        return {"tried": [delivered(row) for row in tried]}

    async def verify(self, content: dict[str, Any]) -> dict[str, Any]:
        return {"success": await self.courier.shake_hands()}

    def routes(self) -> list[Route]:
        rows = [
            Route("/_standin/state", answering(self.state), methods=["GET"]),
            Route("/_standin/faults", answering(self.clear_faults), methods=["DELETE"]),
        ]
        posted = {
            "reset": self.reset,
            "faults": self.add_fault,
            "clock": self.clock,
            "settings": self.settings,
            "token": self.token,
            "deliver": self.deliver,
            "verify": self.verify,
        }
        rows += [Route(f"/_standin/{name}", answering(one), methods=["POST"]) for name, one in posted.items()]
        for name, act in visitors.ACTS.items():
            rows.append(Route(f"/_standin/visitors/{name}", self.visiting(act), methods=["POST"]))
        return rows

    def visiting(self, act: Callable[[World, dict[str, Any]], dict[str, Any]]) -> Any:
        async def handler(content: dict[str, Any]) -> dict[str, Any]:
            return act(self.world, content)

        return answering(handler)


def answering(handler: Callable[[dict[str, Any]], Any]) -> Any:
    """A mistake in what was sent is told as 400 with one sentence."""

    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(await handler(await content_of(request)))
        except (ValueError, LookupError, TypeError) as problem:
            return JSONResponse({"error": str(problem)}, status_code=400)

    return endpoint
