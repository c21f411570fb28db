"""The channel in memory keeps the same promises as the real ones."""

from datetime import UTC, datetime

from torg.connectors import contract
from torg.connectors.suite import ChannelSuite
from torg.connectors.testing import FakeChannel


class TestFakeChannel(ChannelSuite):
    account_id = "1001"
    comment_id = "1001_1"

    def make_channel(self) -> FakeChannel:
        channel = FakeChannel(now=datetime(2026, 3, 10, 9, tzinfo=UTC))
        channel.write("Når åpner svømmehallen?", parent_id="1001_9")
        return channel

    def make_channel_that_loses_the_answer(self) -> FakeChannel:
        channel = self.make_channel()
        channel.fail(contract.Ambiguous("no answer"), takes_effect=True)
        return channel
