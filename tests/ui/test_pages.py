"""The shared frame and the error pages."""

import pytest
from django.urls import reverse

from torg.config import frame, navigation
from torg.people.queries import Held
from torg.people.types import Permission


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


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/applications/new/", "registry:applications"),
        ("/presences/1/care/", "registry:index"),
        ("/oversight/pages/1/", "oversight:index"),
    ],
)
def test_pages_below_those_of_a_room_show_which_room_one_is_in(path, current):
    everything = Held(frozenset(Permission), frozenset(Permission))

    [room] = [place for place in frame.places(navigation.ENTRIES, everything, path=path) if place.is_current]

    assert [page.address for page in room.pages if page.is_current] == [reverse(current)]
