"""The tests that every way to an archive must pass."""

from torg.connectors import contract as errors
from torg.connectors.archives.contract import (
    Archive,
    Corrected,
    Correction,
    Delivery,
    Failure,
    Pending,
    Receipt,
)


class ArchiveSuite:
    """What every way promises; a way's test class inherits it and gives the makers.

    `delivery` is one that the archive takes, `correction` one of it; `bad_delivery` one that it refuses.
    """

    delivery: Delivery
    bad_delivery: Delivery
    correction: Correction

    def make_archive(self) -> Archive:
        """A way to an archive that holds nothing yet."""
        raise NotImplementedError

    def let_it_work(self) -> None:
        """Let the other side do what it does in its own time."""

    def lose_the_next_answer(self) -> None:
        """Let the next delivery arrive, while we hear nothing of it; nothing to do where nothing is heard at once."""

    def count(self) -> int:
        """How many registrations the archive holds, half-made ones included."""
        raise NotImplementedError

    def test_a_delivery_ends_in_a_receipt_with_the_archives_id(self) -> None:
        archive = self.make_archive()

        receipt = self._receipt_of(archive, self.delivery)

        assert receipt.system_id
        assert receipt.key == self.delivery.registration.key
        assert receipt.case_number is not None

    def test_nothing_is_there_before_it_is_delivered(self) -> None:
        assert self.make_archive().look(self.delivery) is None

    def test_looking_after_delivery_finds_the_same_receipt(self) -> None:
        archive = self.make_archive()
        receipt = self._receipt_of(archive, self.delivery)

        found = archive.look(self.delivery)

        assert isinstance(found, Receipt)
        assert found.system_id == receipt.system_id

    def test_delivering_twice_makes_one(self) -> None:
        archive = self.make_archive()
        first = self._receipt_of(archive, self.delivery)

        archive.deliver(self.delivery)
        self.let_it_work()

        assert self.count() == 1
        found = archive.look(self.delivery)
        assert isinstance(found, Receipt)
        assert found.system_id == first.system_id

    def test_a_delivery_whose_answer_was_lost_is_delivered_once(self) -> None:
        archive = self.make_archive()
        self.lose_the_next_answer()
        try:
            archive.deliver(self.delivery)
        except errors.ChannelError as error:
            assert isinstance(error, errors.Ambiguous | errors.Temporary)

        self._receipt_of(archive, self.delivery)

        assert self.count() == 1

    def test_a_refusal_says_why_and_leaves_nothing(self) -> None:
        archive = self.make_archive()

        reason = self._refusal_of(archive, self.bad_delivery)

        assert reason
        assert self.count() == 0

    def test_a_correction_is_made(self) -> None:
        archive = self.make_archive()
        self._receipt_of(archive, self.delivery)

        answer = archive.correct(self.correction)

        if isinstance(answer, Pending):
            self.let_it_work()
            assert Corrected(self.correction.id) in [arrived.answer for arrived in archive.collect()]
        else:
            assert answer == Corrected(self.correction.id)

    def test_an_answer_comes_again_until_it_is_acknowledged(self) -> None:
        archive = self.make_archive()
        archive.deliver(self.delivery)
        self.let_it_work()
        first, again = list(archive.collect()), list(archive.collect())
        assert first == again

        for arrived in first:
            archive.acknowledge(arrived.handle)

        assert list(archive.collect()) == []

    def _receipt_of(self, archive: Archive, delivery: Delivery) -> Receipt:
        answer = archive.deliver(delivery)
        if isinstance(answer, Receipt):
            return answer
        self.let_it_work()
        for arrived in archive.collect():
            if arrived.id == delivery.id and isinstance(arrived.answer, Receipt):
                return arrived.answer
        raise AssertionError("no receipt came")

    def _refusal_of(self, archive: Archive, delivery: Delivery) -> str:
        try:
            archive.deliver(delivery)
        except errors.Refused as refused:
            return refused.reason
        self.let_it_work()
        for arrived in archive.collect():
            if arrived.id == delivery.id and isinstance(arrived.answer, Failure):
                return arrived.answer.reason
        raise AssertionError("it was not refused")
