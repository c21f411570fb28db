"""The whole stand-in as one ASGI application."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route, Router
from starlette.staticfiles import StaticFiles

from devtools.graph_standin import demo
from devtools.graph_standin.control import Control
from devtools.graph_standin.faults import FaultGate
from devtools.graph_standin.graph import Graph
from devtools.graph_standin.page import PageViews
from devtools.graph_standin.webhooks import Courier
from devtools.graph_standin.world import World

STATIC = Path(__file__).parent / "static"
BEAT = 0.25
UNVERIFIED_BEAT = 1.0


@dataclass(frozen=True)
class Habits:
    """What runs by itself: delivering as things happen, a file to remember in, new comments every so often."""

    delivers: bool = True
    state_file: Path | None = None
    trickle: float | None = None
    """Seconds between two new acts of citizens."""


def make_app(world: World, habits: Habits) -> Starlette:
    courier = Courier(world)
    graph = Graph(world, courier)
    methods = ["GET", "POST", "DELETE"]
    routes = [
        *PageViews(world).routes(),
        *Control(world, courier).routes(),
        Mount("/static", StaticFiles(directory=STATIC)),
        Mount(
            "/v{number}",
            Router([Route("/{path:path}", graph.answer, methods=methods)]),
            middleware=[Middleware(FaultGate, world=world)],
        ),
    ]

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        life = asyncio.create_task(live(world, courier, habits))
        yield
        life.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await life
        await courier.close()
        remember(world, habits)

    return Starlette(routes=routes, lifespan=lifespan)


def remember(world: World, habits: Habits) -> None:
    if habits.state_file and world.is_changed:
        world.state.save(habits.state_file)
        world.is_changed = False


async def live(world: World, courier: Courier, habits: Habits) -> None:
    """The heartbeat: trickle, deliver, remember."""
    loop = asyncio.get_running_loop()
    next_act = loop.time() + (habits.trickle or 0)
    while True:
        await asyncio.sleep(BEAT if courier.is_verified else UNVERIFIED_BEAT)
        if habits.trickle and loop.time() >= next_act:
            demo.trickle(world)
            next_act += habits.trickle
        if habits.delivers:
            await courier.deliver()
        remember(world, habits)
