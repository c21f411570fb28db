"""Which pages can be connected."""

import pytest

from tests import factories
from torg.desk.queries import channels
from torg.registry.models import PresenceKind

pytestmark = pytest.mark.django_db


def test_groups_are_not_offered_to_be_connected_since_they_have_no_api(at):
    officer = factories.officer(at=at)
    factories.presence("Kinoen", at=at, kind=PresenceKind.LOCAL_PAGE)
    factories.presence("Foreldre i 3. klasse", at=at, kind=PresenceKind.CLOSED_GROUP)
    factories.presence("Internt", at=at, kind=PresenceKind.SECRET_GROUP)

    assert [page.name for page in channels.presences_without(officer, at=at)] == ["Kinoen"]
