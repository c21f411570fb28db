"""A real browser against a real server on loopback, and what every page must hold in it."""

import asyncio
import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = os.environ.get("TORG_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PICTURES = "TORG_PICTURES" in os.environ
EVERYTHING = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = ["color-contrast"]
WIDTHS = (320, 1440)
# What folds out while it is measured is smaller than it will be.
STAND_STILL = """
for (const moving of document.getAnimations()) { try { moving.finish() } catch { moving.cancel() } }
"""
SCHEMES = ("light", "dark")
START_SECONDS = 20


class Server:
    """An ASGI application served from a thread of its own, on a port of its own."""

    def __init__(self, application) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(application, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        asyncio.run(self._server.serve(sockets=[self._socket]))

    def __enter__(self) -> "Server":
        self._thread.start()
        given_up_at = time.monotonic() + START_SECONDS
        while not self._server.started and time.monotonic() < given_up_at:
            threading.Event().wait(0.02)
        assert self._server.started, "the server did not start"
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)


@pytest.fixture
def application():
    """What is served; a test module overrides it to serve the whole house."""
    return WSGIMiddleware(get_wsgi_application(), workers=4)


@pytest.fixture
def live_server_address(fresh_database, application) -> Iterator[str]:
    """The address of the product, running on a database of the test's own."""
    with Server(application) as server:
        yield server.address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium for the tests of one file.

    Playwright keeps an event loop running in this thread: Django would refuse the database, and other tests
    could not run a loop of their own, so it is stopped after each file.
    """
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser) -> Iterator[BrowserContext]:
    """A browser profile of the test's own, in Norwegian; it reads what is there and reaches nothing else."""
    profile = browser.new_context(locale="nb-NO", timezone_id="Europe/Oslo", reduced_motion="reduce")
    yield profile
    profile.close()


@pytest.fixture
def page(context) -> Page:
    """An empty tab. Errors on the page are the test's errors."""
    tab = context.new_page()
    tab.on("pageerror", lambda error: pytest.fail(f"the page raised: {error}"))
    return tab


def sign_in(context: BrowserContext, address: str, login) -> None:
    """Give the browser a session of `login`, as if the person had just signed in."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(login, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])


def assert_accessible(page: Page) -> None:
    """No axe finding and no sideways scrolling on the page as it stands: narrow and wide, light and dark.

    Between light and dark only colours differ, so each width is asked everything once, and of colours twice.
    """
    for width, first, other in ((320, *SCHEMES), (1440, *reversed(SCHEMES))):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in ((first, EVERYTHING), (other, COLOURS)):
            page.emulate_media(color_scheme=scheme)
            findings = run_axe(page, rules)
            assert findings == [], f"{page.url}, {width} px, {scheme}:\n" + "\n".join(findings)
        assert_fits(page, width)
    page.emulate_media(color_scheme="light")


def assert_fits(page: Page, width: int) -> None:
    """Nothing sticks out to the side."""
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= room, f"{page.url} is {wide} px wide in a window of {width} px: {widest(page)}"


def widest(page: Page) -> str:
    """What sticks out, to find it quickly."""
    return page.evaluate(
        "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
        ".slice(0, 4).map(e => e.outerHTML.slice(0, 120)).join('\\n')"
    )


def run_axe(page: Page, rules: object = EVERYTHING) -> list[str]:
    """The rules that the page breaks, each with the elements that break it; `rules` as axe's `runOnly` takes them."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE.read_text())
    page.evaluate(STAND_STILL)
    # Only what is wrong comes back: the rest is most of what axe finds, and takes longer to bring here than to find.
    options = json.dumps({"runOnly": rules, "resultTypes": ["violations"]})
    violations = page.evaluate(f"axe.run(document, {options}).then(result => result.violations)")
    return [
        f"{found['id']}: {found['help']} — " + "; ".join(node["html"][:160] for node in found["nodes"][:3])
        for found in violations
    ]


def photograph(page: Page, name: str) -> None:
    """With `TORG_PICTURES` set: pictures of the page in `screenshots/`, narrow and wide, light and dark."""
    if not PICTURES:
        return
    folder = ROOT / "screenshots"
    folder.mkdir(exist_ok=True)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light")
