"""The API: a token opens what its person may and what it was made for, and nothing else."""

import re
from datetime import timedelta

import pytest

from tests import factories
from torg.api import commands as integrations
from torg.api.models import Subscription
from torg.api.rest import api
from torg.core import clock
from torg.people.types import Permission

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=300)


@pytest.fixture
def now():
    """The API reads the clock itself, so tokens are made at the present moment."""
    return clock.now()


@pytest.fixture
def officer(now):
    return factories.officer(at=now)


def token_of(person, now, *, permissions=(Permission.READ,), scopes=()):
    grant = integrations.Grant(name="Saksystemet", permissions=permissions, scopes=scopes, expires_at=now + YEAR)
    return integrations.make_integration(grant=grant, by=person, at=now)


def bearer(made):
    return {"HTTP_AUTHORIZATION": f"Bearer {made.token}"}


# What the public journal shows is for everybody, and asks for no token.
OPEN_TO_ALL = {"/api/v1/journal"}


def operations():
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    for path, methods in schema["paths"].items():
        if path in OPEN_TO_ALL:
            continue
        for method in methods:
            yield pytest.param(method, path, id=f"{method} {path}")


@pytest.mark.parametrize(("method", "path"), list(operations()))
@pytest.mark.parametrize("header", [{}, {"HTTP_AUTHORIZATION": "Bearer torg_made_up"}], ids=["none", "false"])
def test_without_a_true_token_every_operation_is_shut(client, method, path, header):
    address = re.sub(r"{[^}]+}", "00000000-0000-4000-8000-000000000000", path)

    answer = client.generic(method.upper(), address, "{}", content_type="application/json", **header)

    assert answer.status_code == 401


def test_the_description_is_openapi_31(client):
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.1")


def test_a_token_reaches_the_pages_that_its_person_reaches(client, now, officer):
    factories.presence("Kinoen", at=now)
    factories.presence("Biblioteket", at=now)

    pages = client.get("/api/v1/presences", **bearer(token_of(officer, now))).json()

    assert {page["name"] for page in pages} == {"Kinoen", "Biblioteket"}


def test_a_token_for_one_page_reaches_that_page_only(client, now, officer):
    cinema, _library = factories.presence("Kinoen", at=now), factories.presence("Biblioteket", at=now)

    pages = client.get("/api/v1/presences", **bearer(token_of(officer, now, scopes=[cinema.scope]))).json()

    assert [page["name"] for page in pages] == ["Kinoen"]


def test_a_token_without_the_right_is_refused_with_a_reason(client, now, officer):
    made = token_of(officer, now, permissions=())

    answer = client.get("/api/v1/presences", **bearer(made))

    assert answer.status_code == 403
    assert answer.json()["message"]


@pytest.mark.parametrize("end", ["revoked", "expired", "the person left"])
def test_a_token_that_has_ended_opens_nothing(client, now, officer, end):
    made = token_of(officer, now)
    row = made.integration
    if end == "revoked":
        integrations.revoke_integration(integration_id=row.public_id, by=officer, at=now)
    elif end == "expired":
        type(row).objects.update(made_at=now - YEAR, expires_at=now - timedelta(seconds=1))
    else:
        officer.left_at = now
        officer.save()

    assert client.get("/api/v1/token", **bearer(made)).status_code == 401


def test_a_person_who_loses_a_page_loses_it_for_the_token_too(client, now, officer):
    factories.presence("Kinoen", at=now)
    made = token_of(officer, now)
    officer.roles.update(until_at=now)

    assert client.get("/api/v1/presences", **bearer(made)).json() == []


def test_the_token_itself_is_not_stored(now, officer):
    made = token_of(officer, now)

    assert made.token not in str(made.integration.__dict__)
    assert made.integration.token_digest != made.token


def test_subscribing_gives_the_secret_once(client, now, officer):
    auth = bearer(token_of(officer, now))
    body = {"address": "https://mottaker.example/torg", "events": ["registry.presence.opened"]}

    made = client.post("/api/v1/subscriptions", body, content_type="application/json", **auth).json()
    listed = client.get("/api/v1/subscriptions", **auth).json()

    assert made["secret"]
    assert "secret" not in listed[0]
    assert made["secret"].encode() not in bytes(Subscription.objects.get().secret)


@pytest.mark.parametrize(
    "body",
    [
        {"address": "http://mottaker.example/", "events": ["registry.presence.opened"]},
        {"address": "https://mottaker.example/", "events": []},
        {"address": "https://mottaker.example/", "events": ["made.up"]},
    ],
    ids=["not https", "no events", "unknown event"],
)
def test_a_subscription_that_makes_no_sense_is_refused(client, now, officer, body):
    auth = bearer(token_of(officer, now))

    answer = client.post("/api/v1/subscriptions", body, content_type="application/json", **auth)

    assert answer.status_code == 422


def test_anothers_subscription_is_absent(client, now, officer):
    auth, other = bearer(token_of(officer, now)), token_of(officer, now)
    row, _secret = integrations.subscribe(
        integration=other.integration,
        address="https://mottaker.example/",
        names=["registry.presence.opened"],
        by=officer,
        at=now,
    )

    assert client.delete(f"/api/v1/subscriptions/{row.public_id}", **auth).status_code == 404
