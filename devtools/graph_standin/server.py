"""The stand-in on an address of its own: in a thread for tests, or as the process itself."""

import socket
import threading
from dataclasses import dataclass
from typing import Any, Self

import httpx
import uvicorn

from devtools.graph_standin import demo
from devtools.graph_standin.account import SUBSCRIBABLE
from devtools.graph_standin.app import Habits, make_app
from devtools.graph_standin.records import OUR_APP_ID, PAGE_ID, PAGE_TOKEN, USER_TOKEN, State
from devtools.graph_standin.world import Settings, World

HOST = "127.0.0.1"
START_WITHIN = 10


def listen(port: int) -> socket.socket:
    """A socket on the loopback address only; port 0 takes a free one. Raises OSError when it is taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HOST, port))
    listener.listen()
    return listener


def make_server(world: World, habits: Habits) -> uvicorn.Server:
    config = uvicorn.Config(
        make_app(world, habits),
        log_level="warning",
        ws="none",
        access_log=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)


@dataclass
class Controls:
    """The control API as methods; every argument goes as JSON."""

    client: httpx.Client

    def send(self, path: str, **content: Any) -> dict[str, Any]:
        """Raises ValueError with the stand-in's own words when it refuses."""
        answer = self.client.post(f"/_standin/{path}", json=content)
        shown: dict[str, Any] = answer.json()
        if answer.status_code != 200:
            raise ValueError(shown["error"])
        return shown

    def visitor(self, act: str, **content: Any) -> dict[str, Any]:
        """`comment`, `reply`, `post`, `message`, `edit`, `delete`, `hide`, `reaction`, `read`, `burst`, …"""
        return self.send(f"visitors/{act}", **content)

    def fault(self, *, effect: dict[str, Any], match: dict[str, str] | None = None, times: int | None = 1) -> None:
        self.send("faults", match=match or {}, effect=effect, times=times)

    def clear_faults(self) -> None:
        self.client.delete("/_standin/faults")

    def clock(self, **content: Any) -> float:
        """`at=`, `advance=` or `run=True`; gives the time in Unix seconds."""
        return float(self.send("clock", **content)["now"])

    def deliver_now(self, *, even_early: bool = False) -> list[dict[str, Any]]:
        """Tries each delivery that is due once, and tells how it went."""
        tried: list[dict[str, Any]] = self.send("deliver", even_early=even_early)["tried"]
        return tried

    def state(self) -> dict[str, Any]:
        shown: dict[str, Any] = self.client.get("/_standin/state").json()
        return shown

    def reset(self, **content: Any) -> None:
        self.send("reset", **content)

    def settings(self, **content: Any) -> None:
        self.send("settings", **content)

    def token(self, value: str, **content: Any) -> dict[str, Any]:
        return self.send("token", value=value, **content)


class Standin:
    """A running stand-in in a thread; `with Standin() as standin: …`.

    It delivers nothing by itself unless `delivers` is set: `control.deliver_now()` does. All fields are subscribed
    to from the start, unless `is_subscribed` is false.
    """

    page_id, app_id, page_token, user_token = PAGE_ID, OUR_APP_ID, PAGE_TOKEN, USER_TOKEN

    def __init__(
        self,
        *,
        settings: Settings | None = None,
        habits: Habits | None = None,
        seed: str | None = None,
        is_subscribed: bool = True,
    ) -> None:
        self.settings = settings or Settings()
        habits = habits or Habits(delivers=False)
        self.world = make_world(self.settings, habits, seed=seed, is_subscribed=is_subscribed)
        self.server = make_server(self.world, habits)
        self.listener = listen(0)
        self.base_url = f"http://{HOST}:{self.listener.getsockname()[1]}"
        self.thread = threading.Thread(target=self.server.run, args=([self.listener],), daemon=True)
        self.control = Controls(httpx.Client(base_url=self.base_url, trust_env=False))

    def start(self) -> Self:
        self.thread.start()
        self.control.state()
        return self

    def stop(self) -> None:
        self.control.client.close()
        self.server.should_exit = True
        self.thread.join(START_WITHIN)
        self.listener.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *raised: object) -> None:
        self.stop()


def make_world(settings: Settings, habits: Habits, *, seed: str | None, is_subscribed: bool) -> World:
    """What the state file remembers, or a new page; the demonstration only on a new one."""
    if habits.state_file and habits.state_file.exists():
        return World(State.load(habits.state_file), settings)
    world = World(State(), settings)
    if is_subscribed:
        world.state.subscribed_fields = list(SUBSCRIBABLE)
    if seed == "demo":
        demo.seed(world)
    return world
