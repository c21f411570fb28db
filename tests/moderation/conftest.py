"""The small municipality of the inbox's tests, with the rulebook that Torg comes with."""

import pytest

from tests.inbox import conftest as inbox
from tests.moderation.room import Room, build_room
from torg.core.actors import Operator
from torg.moderation import commands

house = inbox.house
signed_in = inbox.signed_in
now = inbox.now
on_duty = inbox.on_duty
audited = inbox.audited

SET_UP = Operator("set-up")


@pytest.fixture
def rulebook(house):
    """The default rules, in force since long ago, by their codes."""
    adopted = commands.adopt_default_rulebook(by=SET_UP, at=inbox.LONG_AGO)
    return {version.rule.code: version.rule for version in adopted}


@pytest.fixture
def room(house, at, settings) -> Room:
    """Two who may agree, the default rules, and a platform in memory."""
    settings.CHANNEL_FACTORY = "tests.moderation.room.make"
    return build_room(house, at)
