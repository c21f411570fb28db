"""Facebook keeps the promises that every channel makes."""

from tests.connectors.facebook.graph import COMMENT, PAGE, TinyGraph, connector
from torg.connectors.channels.facebook.connector import FacebookConnector
from torg.connectors.channels.facebook.intake import FacebookIntake
from torg.connectors.suite import ChannelSuite


class TestFacebookConnector(ChannelSuite):
    account_id = PAGE
    comment_id = COMMENT

    def make_channel(self) -> FacebookConnector:
        return connector(TinyGraph())

    def make_channel_that_loses_the_answer(self) -> FacebookConnector:
        return connector(TinyGraph(silent_after_act=True))

    def make_intake(self) -> FacebookIntake:
        return FacebookIntake()
