"""A real server on loopback for tests, and a reader of live streams."""

import http.client
import socket
import threading
import time
from contextlib import contextmanager

import uvicorn
from django.test import Client

from torg.config.root import make_application

WAIT = 10.0


@contextmanager
def served(*, is_listening=True):
    """The port of a running `torg web` that listens to the database, unless that is away."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        make_application(),
        lifespan="on",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=1,
        proxy_headers=False,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    wait_for(lambda: server.started)
    port = listener.getsockname()[1]
    try:
        wait_for(lambda: not is_listening or "torg_live_listening 1.0" in ask(port, "/metrics")[1])
        yield port
    finally:
        server.should_exit = True
        thread.join(WAIT)
        listener.close()


def wait_for(is_so):
    until = time.monotonic() + WAIT
    while not is_so():
        assert time.monotonic() < until, "it did not come about in time"
        time.sleep(0.02)


def ask(port, path, *, method="GET", headers=None, body=None):
    """Status and body of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
    connection.request(method, path, body=body, headers=headers or {})
    answer = connection.getresponse()
    told = answer.status, answer.read().decode()
    connection.close()
    return told


def cookie_of(login):
    """The session cookie of somebody who has just signed in."""
    client = Client()
    client.force_login(login, backend="django.contrib.auth.backends.ModelBackend")
    return {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}


class Stream:
    """An open live stream, read event by event."""

    def __init__(self, port, login):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
        self._connection.request("GET", "/events", headers=cookie_of(login))
        self.answer = self._connection.getresponse()

    def event(self):
        """Name and data of the next event; heartbeats are passed over."""
        told = {}
        while line := self.answer.readline().decode():
            if line == "\n" and told:
                return told.get("event"), told.get("data")
            if ": " in line and not line.startswith(":"):
                name, _, value = line.rstrip("\n").partition(": ")
                told[name] = value
        return None

    def close(self):
        self.answer.close()
        self._connection.close()
