"""The tests that every channel must pass, whatever the platform."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from torg.connectors import contract
from torg.connectors.contract import Act, ActKind, PlatformState

_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
_MOST_PAGES = 50


class ChannelSuite:
    """What every channel promises; a platform's test class inherits it and gives the two makers.

    The makers give a channel on which a comment with the id `comment_id` stands, and one on which the next act
    reaches the platform while its answer is lost.
    """

    comment_id: str
    account_id: str

    def make_channel(self) -> contract.Channel:
        """A channel where everything works."""
        raise NotImplementedError

    def make_channel_that_loses_the_answer(self) -> contract.Channel:
        """A channel that does the next act and then falls silent."""
        raise NotImplementedError

    def make_intake(self) -> contract.Intake | None:
        """The reader of deliveries, where the platform pushes."""
        return None

    def _act(self, kind: ActKind, text: str | None = None) -> Act:
        return Act(kind, self.account_id, target_id=self.comment_id, text=text)

    def test_a_reply_gives_the_id_of_what_was_written(self) -> None:
        done = self.make_channel().perform(self._act(ActKind.REPLY, text="Takk for spørsmålet."))

        assert done.external_id and done.external_id != self.comment_id

    def test_a_lost_answer_is_ambiguous_and_says_to_look_first(self) -> None:
        channel = self.make_channel_that_loses_the_answer()

        error = _error_of(channel, self._act(ActKind.REPLY, text="Takk for spørsmålet."))

        assert isinstance(error, contract.Ambiguous)
        assert error.next_step is contract.NextStep.LOOK_FIRST

    def test_looking_finds_what_was_written_before_the_answer_was_lost(self) -> None:
        channel, act = self.make_channel_that_loses_the_answer(), self._act(ActKind.REPLY, text="Takk for  spørsmålet.")
        _error_of(channel, act)

        assert len(channel.look(act, since=_LONG_AGO)) == 1

    def test_looking_for_another_text_finds_nothing(self) -> None:
        channel = self.make_channel()
        channel.perform(self._act(ActKind.REPLY, text="Takk for spørsmålet."))

        assert channel.look(self._act(ActKind.REPLY, text="Noe helt annet."), since=_LONG_AGO) == []

    def test_hiding_and_showing_again_is_seen_in_the_state(self) -> None:
        channel = self.make_channel()

        channel.perform(self._act(ActKind.HIDE))
        hidden = channel.state_of(self.comment_id)
        channel.perform(self._act(ActKind.UNHIDE))

        assert (hidden, channel.state_of(self.comment_id)) == (PlatformState.HIDDEN_BY_US, PlatformState.VISIBLE)

    def test_what_never_was_is_unreachable_and_not_called_deleted(self) -> None:
        assert self.make_channel().state_of("404_404") is PlatformState.UNREACHABLE

    def test_acting_on_what_is_not_there_is_gone(self) -> None:
        error = _error_of(self.make_channel(), replace(self._act(ActKind.HIDE), target_id="404_404"))

        assert isinstance(error, contract.Gone)

    def test_a_picture_without_alternative_text_is_refused_before_anything_is_sent(self) -> None:
        picture = contract.Picture(b"\x89PNG", "image/png", alt_text=" ", file_name="bilde.png")
        act = Act(ActKind.PUBLISH, self.account_id, text="Ny lekeplass", pictures=(picture,))

        assert isinstance(_error_of(self.make_channel(), act), contract.Refused)

    def test_a_poll_comes_to_an_end_for_each_object_type(self) -> None:
        channel = self.make_channel()

        for object_type in channel.object_types():
            polled, pages = channel.poll(contract.Cursor(object_type)), 1
            while not polled.is_last and pages < _MOST_PAGES:
                polled, pages = channel.poll(polled.cursor), pages + 1
            assert polled.is_last
            assert polled.cursor.object_type == object_type

    def test_a_poll_finds_the_comment_that_stands_there(self) -> None:
        channel = self.make_channel()

        assert self.comment_id in {event.external_id for event in _everything(channel)}

    def test_a_second_poll_from_the_cursor_raises_nothing(self) -> None:
        channel = self.make_channel()
        for object_type in channel.object_types():
            polled = channel.poll(contract.Cursor(object_type))

            assert channel.poll(polled.cursor).cursor.object_type == object_type

    def test_a_fallen_subscription_can_be_read_back_and_renewed(self) -> None:
        channel = self.make_channel()

        channel.subscribe()

        assert channel.health().missing_fields == frozenset()

    def test_what_is_not_json_is_unreadable(self) -> None:
        intake = self.make_intake()
        if intake is None:
            return
        try:
            list(intake.parse(b"not json"))
        except contract.Unreadable:
            return
        raise AssertionError("it was read")

    def test_a_delivery_without_a_signature_is_unsigned(self) -> None:
        intake = self.make_intake()
        if intake is None:
            return
        try:
            intake.verify(b"{}", {}, secret=self.account_id)
        except contract.Unsigned:
            return
        raise AssertionError("it was accepted")


def _error_of(channel: contract.Channel, act: Act) -> contract.ChannelError | None:
    try:
        channel.perform(act)
    except contract.ChannelError as error:
        return error
    return None


def _everything(channel: contract.Channel) -> Iterator[contract.InboundEvent]:
    for object_type in channel.object_types():
        polled = channel.poll(contract.Cursor(object_type))
        yield from polled.events
        while not polled.is_last:
            polled = channel.poll(polled.cursor)
            yield from polled.events
