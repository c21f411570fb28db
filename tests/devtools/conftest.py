"""A stand-in and a receiver of its deliveries, started once and emptied for every test."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from devtools.graph_standin import Standin
from devtools.graph_standin.account import SUBSCRIBABLE

NOON = "2026-03-10T12:00:00+00:00"


class Receiver(ThreadingHTTPServer):
    """A subscriber: keeps what it got and answers as it is told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}/webhook"
        self.forget()

    def forget(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.has_got_one = threading.Event()
        self.status = 200
        self.verify_token = "standin-verify-token"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        is_known = asked["hub.verify_token"] == [self.server.verify_token]
        self.answer(200 if is_known else 403, asked["hub.challenge"][0].encode() if is_known else b"no")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        self.server.has_got_one.set()
        self.answer(self.server.status, b"")

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *parts: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="session")
def running_receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        threading.Thread(target=receiver.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield receiver
        receiver.shutdown()


@pytest.fixture(scope="session")
def running_standin() -> Iterator[Standin]:
    with Standin() as standin:
        yield standin


@pytest.fixture
def receiver(running_receiver: Receiver) -> Receiver:
    running_receiver.forget()
    return running_receiver


@pytest.fixture
def standin(running_standin: Standin, receiver: Receiver) -> Standin:
    """An empty page at noon on a Tuesday, subscribed to everything."""
    usual = {"webhook_url": receiver.url, "verify_token": receiver.verify_token, "batch_size": 1}
    running_standin.control.settings(must_prove=False, app_usage=0, page_usage=0, **usual)
    running_standin.world.state.subscribed_fields = list(SUBSCRIBABLE)
    running_standin.control.reset()
    running_standin.control.clock(at=NOON)
    return running_standin


@pytest.fixture
def graph(standin: Standin) -> Iterator[httpx.Client]:
    """The Graph API as the page's own app calls it."""
    headers = {"Authorization": f"Bearer {standin.page_token}"}
    with httpx.Client(base_url=f"{standin.base_url}/v26.0", headers=headers, trust_env=False) as client:
        yield client


@pytest.fixture
def post(graph: httpx.Client, standin: Standin) -> str:
    """A post of the page."""
    return graph.post(f"/{standin.page_id}/feed", data={"message": "Brua er åpen"}).json()["id"]


@pytest.fixture
def comment(standin: Standin, post: str) -> dict[str, str]:
    """A citizen's comment on it."""
    return standin.control.visitor("comment", target=post, name="Oda Fantasdal", text="Når kommer lyset?")
