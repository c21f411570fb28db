"""Every way to an archive keeps the promises of the contract."""

from collections.abc import Iterator

import pytest
from devtools.noark_standin.server import NoarkStandin

from tests.connectors.archives import samples
from tests.connectors.archives.test_fiks_arkiv import Place, place_of
from tests.connectors.archives.test_noark_rest import archive_at
from torg.connectors import contract as errors
from torg.connectors.archives.contract import Archive
from torg.connectors.archives.suite import ArchiveSuite
from torg.connectors.archives.testing import FakeArchive


class TheSamples(ArchiveSuite):
    delivery = samples.question()
    bad_delivery = samples.mended(samples.question(), type="Q")
    correction = samples.correction()


class TestNoarkRest(TheSamples):
    @pytest.fixture(autouse=True)
    def _core(self) -> Iterator[None]:
        with NoarkStandin() as self.core:
            yield

    def make_archive(self) -> Archive:
        return archive_at(self.core)

    def lose_the_next_answer(self) -> None:
        self.core.fail("drop_after", method="POST", path="journalpost")

    def count(self) -> int:
        return len(self.core.core.of_kind("journalpost"))


class OnTheOtherSideOfAFolder(TheSamples):
    form: str
    place: Place

    @pytest.fixture(autouse=True)
    def _place(self, tmp_path) -> None:
        self.place = place_of(self.form, tmp_path)

    def make_archive(self) -> Archive:
        return self.place.archive

    def let_it_work(self) -> None:
        self.place.core.work()

    def count(self) -> int:
        return len(self.place.core.entries)


class TestFiksFolder(OnTheOtherSideOfAFolder):
    form = "folder"


class TestFiksZip(OnTheOtherSideOfAFolder):
    form = "zip"


class TestFiksSealed(OnTheOtherSideOfAFolder):
    form = "sealed"


class TestFakeArchive(TheSamples):
    answers_at_once = True

    def make_archive(self) -> Archive:
        self.fake = FakeArchive(answers_at_once=self.answers_at_once)
        return self.fake

    def let_it_work(self) -> None:
        self.fake.work()

    def lose_the_next_answer(self) -> None:
        self.fake.fail(errors.Ambiguous("no answer"), takes_effect=True)

    def count(self) -> int:
        return len(self.fake.receipts)

    def test_a_refusal_says_why_and_leaves_nothing(self) -> None:
        archive = self.make_archive()
        self.fake.refuses = "journalposttype er ukjent"

        assert self._refusal_of(archive, self.bad_delivery) == "journalposttype er ukjent"


class TestFakeArchiveThatAnswersLater(TestFakeArchive):
    answers_at_once = False
