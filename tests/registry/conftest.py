"""A page with its officer and deputy, and somebody without a role."""

import pytest

from tests import factories
from torg.people.types import Role
from torg.registry.models import PresenceKind


@pytest.fixture
def officer(at):
    return factories.officer(at=at)


@pytest.fixture
def deputy(at):
    person = factories.person("Stein Stedfortreder")
    factories.role(person, Role.DEPUTY, at=at)
    return person


@pytest.fixture
def page(at):
    return factories.presence("Eksempelvik kino", at=at, kind=PresenceKind.LOCAL_PAGE)


@pytest.fixture
def runner(page, at):
    """The page's own administrator, who may publish and not manage."""
    return factories.administrator(page, at=at)


@pytest.fixture
def stranger(at):
    """Somebody with a role on another page."""
    return factories.administrator(factories.presence("Biblioteket", at=at), at=at, name="Bodil Bibliotek")
