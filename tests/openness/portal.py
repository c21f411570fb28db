"""A small eInnsyn on this machine: it knows keys, finds by our own key, and refuses what its description refuses."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "prøve".encode().hex()
MADE = {"saksmappe": "sm", "journalpost": "jp"}


class Portal:
    """What it holds, what it was asked, and how it fails: `status` for the next calls, `is_silent` after the deed."""

    def __init__(self, check: Callable[[str, Any], None] | None = None) -> None:
        self.held: dict[str, dict[str, Any]] = {}
        self.asked: list[tuple[str, str]] = []
        self.status = 0
        self.is_silent = False
        self.address = ""
        self._check = check

    def post(self, kind: str, under: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if self._check is not None:
            self._check(kind, body)
        made = {**body, "id": f"{MADE[kind]}_{len(self.held) + 1}", "under": under}
        self.held[made["id"]] = made
        return 200, made

    def find(self, under: str, key: str) -> tuple[int, dict[str, Any]]:
        rows = [row for row in self.held.values() if row["under"] == under and row.get("externalId") == key]
        return 200, {"items": rows}

    def delete(self, one: str) -> tuple[int, dict[str, Any]]:
        return (200, self.held.pop(one)) if one in self.held else (404, {})

    def answer(self, method: str, path: str, key: str, body: bytes) -> tuple[int, dict[str, Any]]:
        self.asked.append((method, path))
        if self.status:
            return self.status, {}
        if key != KEY:
            return 401, {}
        parts = urlsplit(path)
        steps = parts.path.strip("/").split("/")
        if method == "POST":
            return self.post(steps[-1], steps[1], json.loads(body))
        if method == "DELETE":
            return self.delete(steps[-1])
        return self.find(steps[1], parse_qs(parts.query)["externalIds"][0])


@contextmanager
def running(portal: Portal) -> Iterator[Portal]:
    """The portal at an address of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, told = portal.answer(self.command, self.path, self.headers.get("API-KEY", ""), body)
            if portal.is_silent and self.command == "POST":
                portal.is_silent = False
                self.close_connection = True
                return
            answer = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_POST = do_DELETE = do_GET

        def log_message(self, *_told: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    portal.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
