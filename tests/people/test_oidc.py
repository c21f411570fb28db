"""Signing in through an identity provider: the way in, and every way in that must be shut."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from joserfc.jwk import RSAKey

from tests import factories
from tests.people.identity_provider import IdentityProvider
from torg.core import clock
from torg.people.models import Login

pytestmark = pytest.mark.django_db
ANOTHER_KEY = RSAKey.generate_key(2048, {"kid": "one"})


@pytest.fixture
def provider(settings):
    with IdentityProvider() as running:
        settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = running.issuer, "torg"
        settings.OIDC_CLIENT_SECRET = "secret"
        yield running


@pytest.fixture
def login(at):
    return factories.login(factories.officer(at=at))


def come_back(client, provider, *, email, **changes):
    """Go out to the provider and come back with a code; returns the answer."""
    sent = client.get(reverse("people:provider"))
    asked = parse_qs(urlsplit(sent["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    provider.challenge = asked["code_challenge"][0]
    now = int(clock.now().timestamp())
    true = {
        "iss": provider.issuer,
        "aud": "torg",
        "sub": "p-1",
        "exp": now + 60,
        "iat": now,
        "nonce": asked["nonce"][0],
    }
    provider.claims = {**true, "email": email, "email_verified": True, **changes}
    return client.get(reverse("people:provider-callback"), {"code": "c", "state": asked["state"][0]})


def test_somebody_registered_with_the_verified_address_is_signed_in(client, provider, login):
    answer = come_back(client, provider, email=login.email)

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(login.pk)
    login.refresh_from_db()
    assert login.subject == "p-1"


def test_the_second_time_the_subject_is_enough(client, provider, login):
    come_back(client, provider, email=login.email)
    client.logout()

    come_back(client, provider, email="changed@eksempel.example")

    assert client.session["_auth_user_id"] == str(login.pk)


@pytest.mark.parametrize(
    "changes",
    [
        {"nonce": "another"},
        {"aud": "another"},
        {"iss": "https://another.example"},
        {"exp": 1},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": "stranger@eksempel.example"},
    ],
    ids=lambda changes: "-".join(changes),
)
def test_a_token_that_is_not_true_or_not_for_us_lets_nobody_in(client, provider, login, changes):
    answer = come_back(client, provider, **{"email": login.email, **changes})

    assert answer.status_code == 403
    assert "_auth_user_id" not in client.session


def test_a_token_signed_by_somebody_else_lets_nobody_in(client, provider, login):
    provider.signs_with = ANOTHER_KEY

    assert come_back(client, provider, email=login.email).status_code == 403


def test_another_subject_cannot_take_over_an_address(client, provider, login):
    come_back(client, provider, email=login.email)
    client.logout()

    assert come_back(client, provider, email=login.email, sub="p-2").status_code == 403


def test_a_closed_log_in_stays_closed(client, provider, login):
    Login.objects.update(is_active=False)

    assert come_back(client, provider, email=login.email).status_code == 403


def test_a_callback_that_nobody_began_is_refused(client, provider):
    answer = client.get(reverse("people:provider-callback"), {"code": "c", "state": "made up"})

    assert answer.status_code == 403


def test_the_client_can_prove_itself_with_a_private_key(client, provider, login, settings):
    settings.OIDC_PRIVATE_KEY = json.dumps(ANOTHER_KEY.as_dict(private=True))

    come_back(client, provider, email=login.email)

    assert provider.asked["client_assertion_type"] == ["urn:ietf:params:oauth:client-assertion-type:jwt-bearer"]
    assert provider.authorization == ""
    assert client.session["_auth_user_id"] == str(login.pk)


def test_a_provider_that_is_away_gives_a_clear_answer(client, settings):
    settings.OIDC_ISSUER = "http://127.0.0.1:9"

    assert client.get(reverse("people:provider")).status_code == 503


def test_without_a_provider_the_way_is_not_there(client):
    assert client.get(reverse("people:provider")).status_code == 404
