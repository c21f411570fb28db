"""What the door for deliveries refuses: nothing of it is kept, so that one database serves every test here."""

import json

import pytest

from tests.channels.fakes import VERIFY_TOKEN, call, run, sealed, signed
from tests.dialogue.arriving import connect
from torg.channels import intake
from torg.channels.models import RawDelivery

BODY = json.dumps({"object": "page", "entry": [{"id": "100"}]}).encode()


@pytest.fixture(scope="module")
def connected(shared_database):
    connect(secrets=sealed())


@pytest.fixture
def door(connected, settings, tmp_path):
    settings.SPOOL_FOLDER = tmp_path / "spool"
    return settings


@pytest.mark.parametrize(
    "headers",
    [{}, signed(BODY, "another"), {"X-Hub-Signature-256": "sha256="}, {"X-Hub-Signature": signed(BODY).popitem()[1]}],
)
def test_what_is_not_signed_by_us_is_refused_and_not_kept(door, headers):
    [(status, _, _)] = run(call(BODY, headers))

    assert status == 403
    assert RawDelivery.objects.count() == 0


def test_a_body_that_is_too_long_is_refused_before_it_is_read_whole(door):
    door.WEBHOOK_MAX_BYTES = 1000
    body = b"x" * 100_000

    [(status, _, asked)] = run(call(body, signed(body), chunk=600))

    assert (status, asked) == (413, 2)


def test_a_body_that_says_that_it_is_too_long_is_not_read_at_all(door):
    [(status, _, asked)] = run(call(b"", {"Content-Length": "99999999"}))

    assert (status, asked) == (413, 0)


def test_the_platforms_question_is_answered_with_its_challenge(door):
    query = f"hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={VERIFY_TOKEN}"

    right, wrong = run(call(method="GET", query=query), call(method="GET", query=query + "x"))

    assert right[:2] == (200, b"1158201444")
    assert wrong[:2] == (403, b"")


def test_a_start_while_postgresql_is_away_judges_nobody(door, monkeypatch):
    parameters = {**intake._parameters(), "host": "/nowhere"}
    monkeypatch.setattr(intake, "_parameters", lambda: parameters)

    [(status, _, _)] = run(call(BODY, signed(BODY)))

    assert status == 503
