"""Guessing, locking others out, and what a sign-in leaves behind."""

import logging
import re
from urllib.parse import urlencode

import pytest
from django.core.cache import cache

from tests import factories
from tests.security import raw
from torg.config import logs
from torg.core import clock
from torg.people import links

PASSWORD = "et-riktig-langt-passord"


@pytest.fixture
def login(port, settings):
    """A log-in with a password, with guessing watched as in production."""
    settings.AXES_ENABLED = True
    cache.clear()
    made = factories.login(factories.officer(at=clock.now()))
    made.set_password(PASSWORD)
    made.save()
    return made


def attempt(port, email, password, *lines):
    """The answer to one attempt at signing in through the page."""
    page = raw.get(port, b"/account/login/")
    cookie = re.search(rb"csrftoken=\w+", page)[0]
    token = re.search(rb'csrfmiddlewaretoken" value="(\w+)"', page)[1].decode()
    body = urlencode({"csrfmiddlewaretoken": token, "login": email, "password": password}).encode()
    head = [b"Content-Type: application/x-www-form-urlencoded", b"Cookie: " + cookie, *lines]
    return raw.get(port, b"/account/login/", *head, method=b"POST", body=body)


def test_guessing_locks_the_log_in_even_for_the_right_password(port, login):
    guesses = [attempt(port, login.email, "feil") for _ in range(5)]

    right = attempt(port, login.email, PASSWORD)

    assert raw.status(guesses[-1]) == 429 and b"<h1" in guesses[-1]
    assert b"sessionid" not in right


def test_guessing_at_others_locks_nobody_who_shares_the_address(port, login):
    for number in range(6):
        attempt(port, f"gjetning{number}@eksempel.example", "feil")

    answer = attempt(port, login.email, PASSWORD)

    assert raw.status(answer) == 302 and b"sessionid" in answer


def test_nobody_changes_the_address_of_a_log_in_alone(client, login):
    client.force_login(login, backend="django.contrib.auth.backends.ModelBackend")

    for answer in (client.get("/account/email/"), client.post("/account/email/", {"email": "ny@eksempel.example"})):
        assert answer.status_code == 404


@pytest.mark.parametrize(
    "elsewhere", ["https://ond.example/", "//ond.example", "/\\ond.example", "javascript:alert(1)"]
)
@pytest.mark.parametrize("form", ["/account/language/", "/ui/appearance/", "/i18n/setlang/"])
def test_no_form_leads_to_another_site(client, login, form, elsewhere):
    client.force_login(login, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.post(form, {"language": "nn", "scheme": "dark", "next": elsewhere})

    assert answer.headers["Location"] in {"/", "/desk/"}


def test_a_link_that_signs_in_is_in_no_line_of_the_log(port, login, settings, capsys):
    settings.LOG_FORMAT = "json"
    handlers, level = logging.root.handlers, logging.root.level
    logs.configure()
    token = links.make(login).encode()

    # Refused for want of a token against forgery: the link still works, and Django tells the log of it.
    answer = raw.get(port, b"/account/link/" + token + b"/", b"Cookie: csrftoken=x", method=b"POST", body=b"a=b")
    logged = capsys.readouterr().err
    logging.root.handlers, logging.root.level = handlers, level

    assert raw.status(answer) == 403 and "django.security.csrf" in logged
    assert token.decode() not in logged and "/account/link/…" in logged
