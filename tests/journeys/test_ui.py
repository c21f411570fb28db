"""The shared parts in a real browser."""

import pytest

from tests.journeys.browser import assert_accessible, photograph, sign_in
from torg.people.models import Login, Municipality, Person

pytestmark = pytest.mark.journey


@pytest.fixture
def kari(fresh_database) -> Login:
    Municipality.objects.create(id=1, name="Nordvik kommune", colour="#7a1f2b", is_fictional=True, is_set_up=True)
    person = Person.objects.create(name="Kari Berg", email="kari@nordvik.example")
    return Login.objects.create_user("kari@nordvik.example", "a long enough secret", person=person)


def test_every_component_is_accessible_in_both_widths_and_both_schemes(live_server_address, context, page, kari):
    sign_in(context, live_server_address, kari)

    page.goto(f"{live_server_address}/ui/components/")
    photograph(page, "components")

    assert_accessible(page)
