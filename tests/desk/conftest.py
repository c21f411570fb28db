"""The desk in the middle of its day."""

import pytest
from django.test import Client

from tests.desk import scene
from torg.core import clock


@pytest.fixture
def now():
    """The moment at which the pages are looked at: views read the clock themselves."""
    return clock.now()


@pytest.fixture
def house(db, now):
    """Ten people have written, and nobody has answered."""
    return scene.build(now)


@pytest.fixture
def busy(house, now):
    """The same after some work."""
    scene.live(house, now)
    return house


@pytest.fixture
def as_person():
    """A browser without JavaScript, signed in as somebody."""

    def sign_in(person) -> Client:
        client = Client()
        client.force_login(scene.login_of(person), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
