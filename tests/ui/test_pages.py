"""The shared frame and the error pages."""

import pytest
from django.urls import reverse

from torg.config import navigation


@pytest.mark.django_db
def test_components_are_for_those_signed_in(client):
    answer = client.get(reverse("ui:components"))

    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]


@pytest.mark.django_db
def test_an_unknown_address_says_what_to_do_next(client):
    answer = client.get("/no/such/page/")

    assert answer.status_code == 404
    assert 'href="/"' in answer.content.decode()


@pytest.mark.parametrize("entry", navigation.ENTRIES, ids=lambda entry: entry.page)
def test_every_entry_of_the_navigation_leads_somewhere(entry):
    assert reverse(entry.page).startswith("/")
