"""Sessions end when they are old, when they are ended elsewhere, and when the person has left."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests import factories
from torg.core.actors import Operator
from torg.people import commands as people

pytestmark = pytest.mark.django_db
PASSWORD = "et langt passord 1"


@pytest.fixture
def login(at):
    made = factories.login(factories.officer(at=at))
    made.set_password(PASSWORD)
    made.save()
    return made


def signed_in(login, **more) -> Client:
    browser = Client(**more)
    answer = browser.post(reverse("account_login"), {"login": login.email, "password": PASSWORD})
    assert answer.status_code == 302 and "sessionid" in browser.cookies
    return browser


def is_in(browser) -> bool:
    return browser.get(reverse("people:absence")).status_code == 200


def test_a_session_lasts_twelve_hours(login, settings):
    browser = signed_in(login)

    lasts = browser.session.get_expiry_age()

    assert timedelta(seconds=lasts) <= timedelta(hours=12)


def test_an_old_session_is_over(login):
    browser = signed_in(login)
    Session.objects.update(expire_date=Session.objects.get().expire_date - timedelta(days=2))

    assert not is_in(browser)


def test_all_ones_sessions_are_listed_and_the_others_can_be_ended(login):
    here, elsewhere = signed_in(login), signed_in(login, headers={"user-agent": "Glemt maskin"})
    for browser in (here, elsewhere):
        browser.get(reverse("usersessions_list"))

    shown = here.get(reverse("usersessions_list")).content.decode()
    here.post(reverse("usersessions_list"))

    assert "Glemt maskin" in shown
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert UserSession.objects.count() == 1


def test_a_new_password_ends_the_sessions_elsewhere(login):
    elsewhere = signed_in(login)
    login.set_password("et nytt langt passord")
    login.save()

    assert not is_in(elsewhere)


def test_whoever_has_left_is_out_at_once(login, at):
    browser = signed_in(login)
    factories.role(factories.person("Ny"), "OFFICER", at=at)

    people.record_departure(person_id=login.person.public_id, by=Operator("drift"), at=at)

    assert not is_in(browser)


def test_guessing_is_counted_by_the_address_that_is_known_and_not_by_one_that_is_claimed(login, settings):
    settings.AXES_ENABLED = True
    guesses = [
        Client().post(
            reverse("account_login"),
            {"login": login.email, "password": "feil"},
            headers={"x-forwarded-for": f"203.0.113.{number}"},
        )
        for number in range(5)
    ]

    right = Client()
    right.post(reverse("account_login"), {"login": login.email, "password": PASSWORD})

    assert guesses[-1].status_code == 429 and "<h1" in guesses[-1].content.decode()
    assert "sessionid" not in right.cookies
