"""Where a second step is demanded, those whose role can do harm set it up before anything else opens."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests import factories
from torg.config import visitors
from torg.people.access import VOUCHED
from torg.people.types import Role

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
PAGE = "people:absence"


@pytest.fixture(autouse=True)
def demanded(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def login(at):
    return factories.login(factories.officer(at=at))


def open_page(client, login):
    client.force_login(login, backend=BACKEND)
    return client.get(reverse(PAGE))


def give(login, kind):
    Authenticator.objects.create(user=login, type=kind, data={})


def test_without_one_an_officer_is_led_to_setting_it_up(client, login):
    answer = open_page(client, login)

    assert answer["Location"] == reverse("mfa_index")
    assert reverse("mfa_activate_totp") in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_with_one_the_page_opens(client, login, kind):
    give(login, kind)

    assert open_page(client, login).status_code == 200


def test_spare_codes_alone_are_no_second_step(client, login):
    give(login, Authenticator.Type.RECOVERY_CODES)

    assert open_page(client, login).status_code == 302


@pytest.mark.parametrize(("role", "status"), [(Role.LEADER, 200), (Role.ARCHIVIST, 302), (Role.CASE_OFFICER, 302)])
def test_it_is_the_right_to_do_harm_that_demands_it(client, at, role, status):
    holder = factories.person()
    factories.role(holder, role, at=at)

    assert open_page(client, factories.login(holder)).status_code == status


def test_whoever_an_identity_provider_vouched_for_goes_on(client, login):
    client.force_login(login, backend=BACKEND)
    session = client.session
    session[VOUCHED] = True
    session.save()

    assert client.get(reverse(PAGE)).status_code == 200


def test_the_live_stream_stays_shut_too(client, login):
    client.force_login(login, backend=BACKEND)
    before = visitors.reach_of_session(client.session.session_key)
    give(login, Authenticator.Type.TOTP)

    assert before is None
    assert visitors.reach_of_session(client.session.session_key) is not None


def test_where_nothing_is_demanded_nobody_is_led_anywhere(client, login, settings):
    settings.REQUIRE_SECOND_FACTOR = False

    assert open_page(client, login).status_code == 200
