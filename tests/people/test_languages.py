"""Pages that a library draws speak one language, also nynorsk, which the library itself lacks."""

import re
from pathlib import Path

import allauth
import pytest
from babel.messages.pofile import read_po
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db
PAGES = ["account_reset_password", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn"]
PAGES += ["usersessions_list", "account_change_password", "account_logout", "account_reauthenticate"]


def texts_of_the_library() -> list[tuple[str, str]]:
    """Each text that is long enough to be known again: in English and in the library's own bokmål."""
    place = Path(allauth.__file__).parent / "locale/nb/LC_MESSAGES/django.po"
    with place.open("rb") as file:
        found = [(message.id, message.string) for message in read_po(file)]
    return [(text, told) for text, told in found if isinstance(text, str) and len(text) > 12 and text != told]


@pytest.fixture
def browser(client, at):
    login = factories.login(factories.officer(at=at))
    login.set_password("et langt passord 1")
    login.save()
    client.force_login(login, backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("account_reauthenticate"), {"password": "et langt passord 1"})
    return client


def page(browser, name: str, language: str) -> str:
    browser.cookies["torg_language"] = language
    answer = browser.get(reverse(name))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_about_signing_in_is_not_half_in_english(browser, name, language):
    shown = page(browser, name, language)

    assert [
        text for text, _ in texts_of_the_library() if f">{text}<" in shown.replace("> ", ">").replace(" <", "<")
    ] == []


@pytest.mark.parametrize("name", ["mfa_activate_totp", "usersessions_list", "mfa_add_webauthn"])
def test_a_nynorsk_page_borrows_nothing_from_bokmal(browser, name):
    shown = page(browser, name, "nn")

    assert [told for _, told in texts_of_the_library() if isinstance(told, str) and told and f">{told}<" in shown] == []
