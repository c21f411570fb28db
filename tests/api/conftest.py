"""The small municipality of the inbox's tests, and a token to it."""

from datetime import timedelta

import pytest

from tests.inbox.conftest import house
from torg.api import commands as integrations
from torg.core import clock

__all__ = ["house", "token_for"]


@pytest.fixture
def token_for():
    """Makes a token for a person and gives the header that carries it."""

    def make(person, *permissions, scopes=()):
        now = clock.now()
        grant = integrations.Grant(
            name="Saksystemet", permissions=permissions, scopes=scopes, expires_at=now + timedelta(days=30)
        )
        made = integrations.make_integration(grant=grant, by=person, at=now)
        return {"HTTP_AUTHORIZATION": f"Bearer {made.token}"}

    return make
