"""Visitors who send or read slowly, or leave in the middle, keep nobody else waiting."""

import asyncio
import socket
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

import pytest

from tests.security import raw
from torg.config.bodies import WholeBodies
from torg.config.root import PAGE_THREADS

FORM = [(b"content-type", b"application/x-www-form-urlencoded"), (b"content-length", b"10")]
HALF_A_FORM = (
    b"POST /account/login/ HTTP/1.1\r\nHost: localhost\r\nCookie: csrftoken=" + b"a" * 32 + b"\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nlogin="
)
A_LARGE_FILE = b"GET /static/large.txt HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture(autouse=True)
def large_file(settings, tmp_path):
    (tmp_path / "large.txt").write_bytes(b"x" * 2_000_000)
    settings.STATICFILES_DIRS = [tmp_path]


@pytest.mark.parametrize("sent", [HALF_A_FORM, A_LARGE_FILE], ids=["sends slowly", "reads nothing"])
def test_more_slow_visitors_than_threads_keep_nobody_out(port, sent):
    raw.get(port, b"/account/login/")

    with ExitStack() as slow:
        for _ in range(PAGE_THREADS + 1):
            visitor = slow.enter_context(closing(socket.socket()))
            visitor.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            visitor.connect(("127.0.0.1", port))
            visitor.sendall(sent)
        assert sent != A_LARGE_FILE or visitor.recv(15) == b"HTTP/1.1 200 OK"
        answer = raw.get(port, b"/account/login/", wait=5)

    assert raw.status(answer) == 200


def test_a_form_that_is_broken_off_is_never_handled():
    handled, answered = through([part(b"text=We w", more=True), {"type": "http.disconnect"}])

    assert handled == [] and answered == []


def test_a_body_that_drips_is_answered_408():
    handled, answered = through([part(b"t", more=True), None], seconds=0.05)

    assert handled == [] and answered[0]["status"] == 408


def test_bodies_that_together_fill_the_memory_are_put_off():
    handled, answered = through([part(b"0123456789")], most_held=9)

    assert handled == [] and answered[0]["status"] == 503
    assert (b"retry-after", b"30") in answered[0]["headers"]


def test_what_a_finished_body_held_is_given_back():
    application = WholeBodies(ignore, most_held=10)

    for _ in range(3):
        assert asyncio.run(meet(application, [part(b"0123456789")])) == []


def part(body, *, more=False):
    return {"type": "http.request", "body": body, "more_body": more}


async def ignore(scope, receive, send):
    await receive()


def through(messages, **limits):
    """The bodies that came through, and what was answered instead."""
    handled = []

    async def application(scope, receive, send):
        handled.append((await receive())["body"])

    return handled, asyncio.run(meet(WholeBodies(application, **limits), messages))


FORMS: dict = {"type": "http", "path": "/", "headers": FORM}


async def meet(application, messages, scope=FORMS):
    waiting, answered = list(messages), []

    async def receive():
        message = waiting.pop(0)
        return message if message is not None else await asyncio.Event().wait()

    async def send(message):
        answered.append(message)

    await application(scope, receive, send)
    return answered


FILM = [
    (b"content-type", b"multipart/form-data; boundary=x"),
    (b"content-length", b"600000"),
    (b"cookie", b"sessionid=somebody"),
]


async def known(_scope):
    return frozenset()


def film_through(messages, headers=FILM, path="/films/", *, reach=known, **limits):
    """How many parts and bytes came through, and what was answered instead."""
    parts = []

    async def application(scope, receive, send):
        message = {"more_body": True}
        while message.get("more_body"):
            message = await receive()
            parts.append(len(message["body"]))

    scope = {"type": "http", "path": path, "headers": headers}
    return parts, asyncio.run(meet(WholeBodies(application, reach=reach, **limits), messages, scope))


@pytest.fixture
def films_taken(settings):
    settings.LONG_UPLOADS = {"/films/": 1_000_000}
    settings.UPLOAD_MAX_BYTES = 1000


def test_a_film_goes_by_the_disk_and_reaches_django_in_parts(films_taken):
    parts, answered = film_through([part(b"x" * 300_000, more=True), part(b"x" * 300_000)], most_held=10)

    assert (sum(parts), len(parts) > 1, max(parts) <= 256 * 1024, answered) == (600_000, True, True, [])


@pytest.mark.parametrize(
    ("messages", "headers", "path", "status"),
    [
        ([part(b"x" * 2000)], [FILM[0], (b"content-length", b"2000")], "/films/", 413),
        ([part(b"x" * 2000)], [*FILM[:1], (b"content-length", b"2000"), FILM[2]], "/elsewhere/", 413),
        ([part(b"x")], [*FILM[:1], (b"content-length", b"1000001"), FILM[2]], "/films/", 413),
        (
            [part(b"x" * 999_999, more=True), part(b"xx")],
            [FILM[0], (b"transfer-encoding", b"chunked"), FILM[2]],
            "/films/",
            413,
        ),
    ],
    ids=["from a stranger", "to another page", "says that it is too long", "is too long"],
)
def test_a_long_body_is_taken_from_nobody_else_and_never_longer(films_taken, messages, headers, path, status):
    parts, answered = film_through(messages, headers, path)

    assert (parts, answered[0]["status"]) == ([], status)


def test_a_cookie_that_somebody_made_up_opens_no_place_for_a_film(films_taken):
    async def unknown(_scope):
        return None

    parts, answered = film_through([part(b"x", more=True), None], reach=unknown)

    assert (parts, answered[0]["status"]) == ([], 413)


def test_a_film_that_would_fill_the_disk_is_not_taken(films_taken, monkeypatch):
    monkeypatch.setattr("torg.config.bodies.ROOM", 10**18)

    parts, answered = film_through([part(b"x" * 300_000, more=True), part(b"x" * 300_000)])

    assert (parts, answered[0]["status"]) == ([], 507)


@pytest.mark.parametrize("size", [1, 300_000])
def test_a_disk_that_is_filled_by_others_meanwhile_is_told_of(films_taken, monkeypatch, size):
    monkeypatch.setattr("torg.config.bodies.tempfile.TemporaryFile", partial(Path("/dev/full").open, "w+b"))

    parts, answered = film_through([part(b"x" * size)])

    assert (parts, answered[0]["status"]) == ([], 507)


def test_a_film_that_drips_is_broken_off_long_before_a_slow_one_would_be_whole(films_taken):
    _parts, answered = film_through([part(b"t", more=True), None], seconds=0.05)

    assert answered[0]["status"] == 408


def test_a_film_that_drips_is_broken_off_or_is_one_too_many_lets_nothing_through(films_taken, monkeypatch):
    short = [FILM[0], (b"content-length", b"1"), FILM[2]]
    dripping = film_through([part(b"t", more=True), None], short, seconds=0.05)
    broken = film_through([part(b"t", more=True), {"type": "http.disconnect"}])
    monkeypatch.setattr("torg.config.bodies.MOST_FILMS", 0)
    crowded = film_through([part(b"t")])

    assert [parts for parts, _answered in (dripping, broken, crowded)] == [[], [], []]
    assert (dripping[1][0]["status"], broken[1], crowded[1][0]["status"]) == (408, [], 503)
