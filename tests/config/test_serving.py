"""What a web process answers besides pages."""

import json
import logging

import pytest
import structlog
from django.db import connections

from tests.config.serving import ask, served
from torg.config import logs
from torg.config.health import may_read_metrics
from torg.config.root import loggable

pytestmark = pytest.mark.usefixtures("fresh_database")


@pytest.fixture
def port(settings, tmp_path):
    settings.SITE_FOLDER = tmp_path
    with served() as port:
        yield port


def test_the_process_says_that_it_lives_and_is_ready(port):
    assert ask(port, "/healthz") == (200, "alive\n")
    assert ask(port, "/readyz") == (200, "ready\n")


def test_without_the_database_it_lives_but_is_not_ready(port, postgres, fresh_database, settings):
    ask(port, "/readyz")
    with_database = dict(connections.settings["default"])
    connections.settings["default"]["HOST"] = "/nowhere"
    try:
        with served(is_listening=False) as elsewhere:
            assert ask(elsewhere, "/healthz")[0] == 200
            assert ask(elsewhere, "/readyz")[0] == 503
    finally:
        connections.settings["default"].update(with_database)


def test_a_body_over_the_limit_is_refused_before_django_reads_it(port, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    status, _ = ask(port, "/account/login/", method="POST", headers={"Content-Length": "1001"}, body=b"x")

    assert status == 413


def test_a_body_that_does_not_say_its_length_is_counted(port, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    status, _ = ask(port, "/account/login/", method="POST", body=iter([b"x" * 600] * 2))

    assert status == 413


def test_a_chunked_body_within_the_limit_reaches_django(port):
    status, _ = ask(port, "/account/login/", method="POST", body=iter([b"login=", b"kari"]))

    assert status == 403  # no token against forgery: Django has read it


def test_pages_come_through_the_bridge(port):
    status, page = ask(port, "/account/login/")

    assert status == 200 and "<html" in page


def test_metrics_count_what_was_answered(port):
    ask(port, "/healthz")

    status, text = ask(port, "/metrics")

    assert status == 200
    assert 'torg_http_answers_total{part="/healthz",status="2xx"}' in text


def test_metrics_are_not_there_for_whoever_comes_through_a_proxy(port):
    assert ask(port, "/metrics", headers={"X-Forwarded-For": "192.0.2.7"})[0] == 404


def test_metrics_are_there_for_whoever_has_the_token(settings):
    settings.METRICS_TOKEN = "a-long-token"
    scope = {"client": ("192.0.2.7", 1), "headers": [(b"authorization", b"Bearer a-long-token")]}

    assert may_read_metrics(scope)
    assert not may_read_metrics({**scope, "headers": [(b"authorization", b"Bearer guess")]})
    assert not may_read_metrics({**scope, "headers": []})


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/account/link/s3cr3t/", "/account/link/…"),
        ("/desk/", "/desk/"),
        ("/account/login/", "/account/login/"),
        ("/kommentar/min/s3cr3t/svar/", "/kommentar/min/…"),
        ("/publishing/plan/s3cr3t.ics", "/publishing/plan/…"),
        ("/publishing/plan/new/", "/publishing/plan/new/"),
        ("/varsel/s3cr3t/", "/varsel/…"),
    ],
)
def test_paths_with_a_secret_are_cut_in_the_log(path, logged):
    assert loggable(path) == logged
    cut = logs.cut_secret_addresses(None, "", {"event": f"Service Unavailable: {path}"})["event"]
    assert "s3cr3t" not in cut


def test_the_log_shows_where_it_failed_but_not_what_somebody_wrote(settings, capsys, restored_logging):
    settings.LOG_FORMAT = "json"
    logs.configure()

    try:
        raise ValueError("Kari skrev dette")
    except ValueError:
        structlog.get_logger("torg.trial").exception("trial.failed", text="Kari skrev dette", thread=7)

    line = json.loads(capsys.readouterr().err)
    assert line["event"] == "trial.failed" and line["error"] == "ValueError" and line["thread"] == 7
    assert "Kari" not in json.dumps(line)


@pytest.fixture
def restored_logging():
    handlers, level = logging.root.handlers, logging.root.level
    yield
    logging.root.handlers = handlers
    logging.root.setLevel(level)
    structlog.reset_defaults()
