"""Which pages can be connected."""

import pytest

from tests import factories
from torg.desk.queries import channels
from torg.registry import commands as registry
from torg.registry.models import PresenceKind
from torg.registry.types import About
from torg.registry.words import Line

pytestmark = pytest.mark.django_db


def test_what_has_no_api_or_is_no_business_of_ours_is_not_offered_to_be_connected(at):
    officer = factories.officer(at=at)
    factories.presence("Kinoen", at=at, kind=PresenceKind.LOCAL_PAGE)
    factories.presence("Foreldre i 3. klasse", at=at, kind=PresenceKind.CLOSED_GROUP)
    factories.presence("Internt", at=at, kind=PresenceKind.SECRET_GROUP)
    factories.presence("eksempelvik", at=at, kind=PresenceKind.RESERVED_NAME)
    mayor = factories.presence("Olve privat", at=at, kind=PresenceKind.PROFILE)
    registry.change_details(presence_id=mayor.public_id, about=About(line=Line.PRIVATE), by=officer, at=at)

    assert [page.name for page in channels.presences_without(officer, at=at)] == ["Kinoen"]
