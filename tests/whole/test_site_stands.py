"""The public site from a cold start: PostgreSQL is stopped, ten thousand deliveries wait, and people ask for news."""

import http.client
import os
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from tests import factories
from tests.site.articles import article
from tests.whole.processes import ROOT, free_port
from torg.channels.spool import Delivery, Spool
from torg.core import ids
from torg.core.actors import Operator
from torg.crisis import commands as crisis
from torg.crisis.types import Opening, Severity, Wording
from torg.people.models import Municipality
from torg.site import articles, publication
from torg.site.copies import Copies
from torg.site.freshness import copy_of
from torg.site.models import SitePage

AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
BY = Operator("drift")
WAITING = 10_000
ASKED = 400
STATUS = "/status/"
TOLD = "Kok vannet i tre minutter før du drikker det."


@pytest.fixture
def stopped(db, tmp_path) -> Path:
    """The data of a server that showed news and a status page when its database went away."""
    Municipality.objects.create(id=1, name="Nordvik kommune", is_set_up=True)
    publication.publish_skeleton(by=BY, at=AT)
    articles.show(article_id=article("Vannet må kokes", at=AT), by=BY, at=AT)
    state(TOLD)
    copies = Copies(tmp_path / "site")
    copies.load()
    for page in SitePage.objects.filter(withdrawn_at=None):
        copies.put(copy_of(page))
    delivery = Delivery(ids.new(), "facebook", AT, b'{"object": "page", "entry": []}', b"0" * 32)
    Spool(tmp_path / "spool").keep([delivery._replace(id=number) for number in ids.several(WAITING)])
    return tmp_path


def state(text: str) -> None:
    """An incident on the main page, and a statement in it."""
    officer, page = factories.officer(at=AT), factories.presence(at=AT)
    opening = Opening("Vannet i Nordvik", Severity.SERIOUS, page.scope_id, officer.public_id)
    incident = crisis.open_incident(opening=opening, by=officer, at=AT)
    texts = {"nb": Wording("Kok vannet", text)}
    row = crisis.draft_statement(incident_id=incident.public_id, texts=texts, by=officer, at=AT)
    crisis.publish_statement(statement_id=row.public_id, seen_version=1, by=officer, at=AT)


@pytest.fixture
def port(stopped):
    """`torg web` as it is started, where nobody answers for the database."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TORG_", "DJANGO_"))}
    environment |= {
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "torg.config.settings.test",
        "DATABASE_URL": f"postgresql://torg_app@/torg?host={stopped}",
        "TORG_DATA": str(stopped),
        "TORG_SECRET_KEY": settings.SECRET_KEY,
        "TORG_LOG_LEVEL": "ERROR",
    }
    chosen = free_port()
    command = [sys.executable, "-m", "torg.cli", "web", "--port", str(chosen)]
    with (stopped / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stderr=log, stdout=log)
        try:
            wait_for(chosen)
            yield chosen
        finally:
            process.terminate()
            process.wait(10)


def wait_for(port: int) -> None:
    given_up_at = time.monotonic() + 30
    while time.monotonic() < given_up_at:
        try:
            if ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("it did not start")


def ask(connection: http.client.HTTPConnection, path: str, method: str = "GET") -> tuple[int, bytes, dict[str, str]]:
    connection.request(method, path, headers={"Accept-Encoding": "identity"})
    answer = connection.getresponse()
    return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}


@pytest.mark.strategy("A1", "A8")
def test_news_and_status_stand_at_full_speed_while_the_database_is_stopped_and_deliveries_wait(port, stopped):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    seconds: list[float] = []
    for path in ("/", "/aktuelt/", "/aktuelt/rss.xml", STATUS):
        for _ in range(ASKED // 4):
            began = time.perf_counter()
            status, body, headers = ask(connection, path)
            seconds.append(time.perf_counter() - began)
            assert status == 200 and (TOLD if path == STATUS else "Vannet").encode() in body
            assert "set-cookie" not in headers

    away, told, headers = ask(connection, "/sok/?q=vann")
    refused, _, _ = ask(connection, "/webhooks/facebook", "POST")

    assert statistics.median(seconds) < 0.01
    assert (away, headers["retry-after"], refused) == (503, "60", 503)
    assert b"Nordvik kommune" in told and b"<script" not in told
    assert sum(1 for _file in (stopped / "spool").iterdir()) > 0
