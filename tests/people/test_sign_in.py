"""Signing in by a one-time link, and staying out without one."""

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.core import signing
from django.urls import reverse

from tests import factories
from torg.audit.models import AuditEvent
from torg.core import sealing
from torg.core.actors import Operator
from torg.core.errors import NotAllowed, NotFound
from torg.people import commands as people
from torg.people import links

pytestmark = pytest.mark.django_db


@pytest.fixture
def login(at):
    return factories.login(factories.officer(at=at))


@pytest.fixture
def address(login, at):
    token = people.make_sign_in_link(email=login.email, by=Operator("root"), at=at)
    return reverse("people:link", args=[token])


def test_opening_the_link_uses_nothing_up(client, address):
    client.get(address)

    assert client.get(address).status_code == 200
    assert "_auth_user_id" not in client.session


def test_the_link_signs_in_once(client, address, login):
    assert client.post(address).status_code == 303
    assert client.session["_auth_user_id"] == str(login.pk)

    client.logout()
    assert client.post(address).status_code == 403


def test_two_browsers_that_use_the_link_at_once_are_not_both_let_in(login, at):
    first, second = (links.redeem(links.make(login)) for _browser in range(2))
    people.sign_in_by_link(login=first, by=first.person, at=at)

    with pytest.raises(NotAllowed):
        people.sign_in_by_link(login=second, by=second.person, at=at)


@pytest.mark.parametrize(
    "token", ["made-up", signing.dumps([1, ""], salt="another")], ids=["made up", "signed for something else"]
)
def test_a_false_link_lets_nobody_in(client, token):
    assert client.post(reverse("people:link", args=[token])).status_code == 403


def test_a_link_for_somebody_unknown_is_not_made(at):
    with pytest.raises(NotFound):
        people.make_sign_in_link(email="nobody@eksempel.example", by=Operator("root"), at=at)


@pytest.mark.parametrize("name", ["people:index", "people:hours", "registry:index", "people:absence"])
def test_without_signing_in_every_page_leads_to_signing_in(client, name):
    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


def test_registering_on_ones_own_is_closed(client):
    answer = client.post("/account/signup/", {"email": "a@eksempel.example", "password1": "long enough 1!"})

    assert "_auth_user_id" not in client.session
    assert answer.status_code in {200, 404}


def test_second_factors_open_with_the_new_key_alone_after_they_are_sealed_again(login, at, settings):
    secret = sealing.seal("JBSWY3DPEHPK3PXP").decode()
    factor = Authenticator.objects.create(user=login, type=Authenticator.Type.TOTP, data={"secret": secret})
    newest = Fernet.generate_key().decode()
    settings.CREDENTIAL_KEYS = [newest, *settings.CREDENTIAL_KEYS]

    assert people.seal_again(by=Operator("root"), at=at) == 1

    settings.CREDENTIAL_KEYS = [newest]
    factor.refresh_from_db()
    assert sealing.unseal(factor.data["secret"].encode()) == "JBSWY3DPEHPK3PXP"


def test_signing_in_with_a_password_is_in_the_log(client, login):
    login.set_password("en lang og god setning")
    login.save()

    client.post(reverse("account_login"), {"login": login.email, "password": "en lang og god setning"})

    assert client.session["_auth_user_id"] == str(login.pk)
    event = AuditEvent.objects.get(name="people.person.signed_in")
    assert (event.actor_ref, event.facts) == (str(login.person.public_id), {"way": "password"})


def test_a_wrong_password_leaves_no_trace_of_somebody_signing_in(client, login):
    client.post(reverse("account_login"), {"login": login.email, "password": "feil"})

    assert not AuditEvent.objects.filter(name="people.person.signed_in").exists()
