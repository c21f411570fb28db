"""Fiks Arkiv in each form, against an archive on the other side of a folder."""

import json
import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from devtools.fiks_standin import packings as theirs
from devtools.fiks_standin.core import FiksStandin
from lxml import etree

from tests.connectors.archives import keys, samples
from torg.connectors import contract as errors
from torg.connectors.archives.contract import Arrived, Corrected, Failure, Pending, Receipt
from torg.connectors.archives.fiks_arkiv.answers import understand
from torg.connectors.archives.fiks_arkiv.archive import FiksArchive
from torg.connectors.archives.fiks_arkiv.drop import FolderDrop
from torg.connectors.archives.fiks_arkiv.messages import CREATE_RECEIPT, Incoming, Unreadable
from torg.connectors.archives.fiks_arkiv.plain import Folder, Zip
from torg.connectors.archives.fiks_arkiv.sealed import Sealed

OFFICIAL = Path(__file__).resolve().parents[4] / "shared/standards/noark5/fiks-arkiv-v1"


@dataclass
class Place:
    """Both sides of one folder."""

    root: Path
    archive: FiksArchive
    core: FiksStandin


def place_of(form: str, tmp_path: Path) -> Place:
    root = tmp_path / "drop"
    if form == "sealed":
        if shutil.which("openssl") is None:
            pytest.skip("the openssl program is not here")
        own, other = Sealed(keys.parties()), theirs.Sealed(keys.write_archives_keys(tmp_path))
    else:
        own, other = {"folder": (Folder(), theirs.Folder()), "zip": (Zip(), theirs.Zip())}[form]
    archive = FiksArchive(FolderDrop(root, own))
    archive.check()
    return Place(root, archive, FiksStandin(root, other, schemas=OFFICIAL if OFFICIAL.is_dir() else None))


@pytest.fixture(params=["folder", "zip", "sealed"])
def place(request, tmp_path) -> Place:
    return place_of(request.param, tmp_path)


@pytest.fixture
def plain(tmp_path) -> Place:
    return place_of("folder", tmp_path)


def answers(place: Place) -> list[Arrived]:
    return list(place.archive.collect())


def test_a_delivery_comes_back_as_a_receipt_with_the_archives_numbers(place):
    delivery = samples.question()
    assert place.archive.deliver(delivery) == Pending(delivery.id)

    place.core.work()
    received, receipt = answers(place)

    assert received.answer == Pending(delivery.id, is_received=True)
    assert isinstance(receipt.answer, Receipt)
    assert receipt.id == delivery.id
    assert receipt.answer.system_id == place.core.entries["melding-1"].id
    assert (receipt.answer.case_year, receipt.answer.case_number) == (2026, 1)
    assert (receipt.answer.journal_sequence, receipt.answer.entry_number) == (501, 1)


def test_the_files_arrive_whole(place):
    place.archive.deliver(samples.question())
    place.core.work()

    assert place.core.entries["melding-1"].files == ["melding-1.json", "melding-1.pdf"]


def test_a_stored_answer_is_not_given_again_but_is_still_found(place):
    place.archive.deliver(samples.question())
    place.core.work()

    for arrived in answers(place):
        place.archive.acknowledge(arrived.handle)
        place.archive.acknowledge(arrived.handle)

    assert answers(place) == []
    assert isinstance(place.archive.look(samples.question()), Receipt)


def test_the_same_delivery_again_is_handed_over_once(place):
    place.archive.deliver(samples.question())
    place.archive.deliver(samples.question())
    place.core.work()
    place.archive.deliver(samples.question())
    place.core.work()

    assert place.core.seen == 1


def test_a_correction_is_answered_too(place):
    place.archive.deliver(samples.question())
    change = samples.correction()
    place.archive.correct(change)

    place.core.work()

    assert answers(place)[-1].answer == Corrected(change.id)
    assert place.core.entries["melding-1"].title == "Ny tittel"


def test_looking_tells_how_far_a_delivery_has_come(plain):
    delivery = samples.question()
    assert plain.archive.look(delivery) is None

    plain.archive.deliver(delivery)
    assert plain.archive.look(delivery) == Pending(delivery.id)

    plain.core.fail("received_only")
    plain.core.work()
    assert plain.archive.look(delivery) == Pending(delivery.id, is_received=True)


def test_a_silent_archive_leaves_the_delivery_pending(plain):
    plain.core.fail("silent")
    plain.archive.deliver(samples.question())
    plain.core.work()

    assert answers(plain) == []
    assert plain.archive.look(samples.question()) == Pending(samples.question().id)


def test_what_was_archived_silently_is_existing_when_a_mended_message_comes(plain):
    plain.core.fail("silent")
    plain.archive.deliver(samples.question())
    plain.archive.deliver(samples.mended(samples.question()))

    plain.core.work()

    assert answers(plain)[-1].answer.is_existing
    assert len(plain.core.entries) == 1


def test_the_archives_own_words_come_with_a_refusal(plain):
    plain.archive.deliver(samples.mended(samples.question(), type="Q"))
    plain.core.work()

    [arrived] = answers(plain)

    assert isinstance(arrived.answer, Failure)
    assert arrived.answer.is_lasting and arrived.answer.code and "journalposttype" in arrived.answer.reason


def test_the_fault_of_a_server_is_not_lasting(plain):
    plain.core.fail("server_fault")
    plain.archive.deliver(samples.question())
    plain.core.work()

    assert [one.answer.is_lasting for one in answers(plain)] == [False]


def test_an_unknown_case_number_is_refused_by_the_archive(plain):
    plain.archive.deliver(samples.in_case(samples.note(), "2026/99"))
    plain.core.work()

    assert [one.answer.reason for one in answers(plain)] == ["Saksmappen finnes ikke"]


def test_a_case_number_of_the_archives_is_enough(plain):
    plain.archive.deliver(samples.question())
    plain.core.work()
    plain.archive.deliver(samples.in_case(samples.note(), "2026/1"))
    plain.core.work()

    assert answers(plain)[-1].answer.case_number == 1


def test_answers_that_come_twice_are_given_twice_with_their_own_handles(plain):
    plain.core.fail("twice")
    plain.archive.deliver(samples.question())
    plain.core.work()

    assert len({arrived.handle for arrived in answers(plain)}) == 4


@pytest.mark.parametrize("effect", ["damaged", "uncorrelated"])
def test_an_answer_that_cannot_be_read_is_a_failure_that_a_person_sees(place, effect):
    place.core.fail(effect)
    place.archive.deliver(samples.question())
    place.core.work()

    broken = answers(place)[-1]

    assert isinstance(broken.answer, Failure)
    assert broken.answer.code == "unreadable"
    assert not isinstance(place.archive.look(samples.question()), Receipt)


@pytest.mark.parametrize("rubbish", [b"", b"{}", b"not json", b'{"type": 1, "files": [{"name": "../../etc/passwd"}]}'])
def test_rubbish_in_the_inbox_does_not_hide_what_is_whole(plain, rubbish):
    plain.archive.deliver(samples.question())
    plain.core.work()
    (plain.root / "in" / "000000").mkdir()
    (plain.root / "in" / "000000" / "manifest.json").write_bytes(rubbish)

    found = answers(plain)

    assert sum(isinstance(one.answer, Receipt) for one in found) == 1
    for one in found:
        plain.archive.acknowledge(one.handle)
    assert answers(plain) == []


def test_a_receipt_without_the_archives_id_is_none():
    empty = Incoming("1", CREATE_RECEIPT, samples.question().id, b"<arkivmeldingKvittering/>")

    with pytest.raises(Unreadable):
        understand(empty)


def test_an_answer_that_asks_for_other_files_gets_none_of_them(plain):
    bomb = b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><ikkefunnet><feilmelding>&e;</feilmelding></ikkefunnet>'
    plain.core.packing.write(
        plain.root / "in" / "1",
        {"type": "no.ks.fiks.arkiv.v1.feilmelding.ikkefunnet", "klientKorrelasjonsId": str(samples.question().id)},
        {"feilmelding.xml": bomb},
    )

    [arrived] = answers(plain)

    assert arrived.answer.reason == ""


def test_nobody_sees_half_a_message(plain):
    broken = samples.question()
    document = broken.registration.documents[0]
    changed = samples.a_file("melding-1.pdf", b"something else").open
    file = replace(document.files[0], open=changed)
    documents = (replace(document, files=(file,)), *broken.registration.documents[1:])

    with pytest.raises(errors.Refused):
        plain.archive.deliver(samples.mended(broken, documents=documents))

    assert list((plain.root / "out").iterdir()) == list((plain.root / "work").iterdir()) == []


@pytest.mark.parametrize("name", ["../ut.pdf", "manifest.json", ".skjult", "a/b.pdf", "META-INF", "a\x00b", ""])
def test_a_file_name_that_leads_elsewhere_is_refused(plain, name):
    document = samples.question().registration.documents[0]
    file = replace(document.files[0], name=name)

    with pytest.raises(errors.Refused):
        plain.archive.deliver(samples.question(documents=(replace(document, files=(file,)),)))


def test_a_folder_that_is_away_is_temporary(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    archive = FiksArchive(FolderDrop(tmp_path / "file" / "drop", Folder()))

    with pytest.raises(errors.Temporary):
        archive.deliver(samples.question())


def test_what_this_way_cannot_do_it_says(plain):
    for asked in (lambda: plain.archive.find_case_file("2026/1"), plain.archive.code_lists):
        with pytest.raises(errors.Refused):
            asked()


def test_a_handle_leads_nowhere_else(plain):
    with pytest.raises(errors.Refused):
        plain.archive.acknowledge(f"..{os.sep}out")


def test_the_headers_say_what_a_gateway_must_know(tmp_path):
    place = place_of("sealed", tmp_path)
    delivery = samples.question()
    place.archive.deliver(delivery)

    headers = json.loads((place.root / "out" / str(delivery.id) / "headers.json").read_text())

    assert headers["type"] == "no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett"
    assert headers["klientMeldingId"] == headers["klientKorrelasjonsId"] == str(delivery.id)
    assert headers["ttl"] == 172_800_000
    assert b"Kari" not in (place.root / "out" / str(delivery.id) / "payload.asice.p7m").read_bytes()


def test_an_answer_sealed_to_somebody_else_cannot_be_read(tmp_path):
    place = place_of("sealed", tmp_path)
    shutil.copy(tmp_path / "own.crt", tmp_path / "theirs.crt")
    place.core.packing.write(place.root / "in" / "1", {"type": "x", "klientKorrelasjonsId": "x"}, {"a.xml": b"<a/>"})

    assert [one.answer.code for one in answers(place)] == ["unreadable"]


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official schemas are not here")
def test_the_stand_ins_answers_and_our_samples_follow_the_official_schemas(plain):
    schema = etree.XMLSchema(etree.parse(OFFICIAL / f"{CREATE_RECEIPT}.xsd"))
    plain.archive.deliver(samples.question())
    plain.archive.deliver(samples.note())
    plain.core.work()

    receipts = list((plain.root / "in").glob("*/arkivmelding-kvittering.xml"))

    assert len(receipts) == len(plain.core.entries) == 2
    for file in receipts:
        schema.assertValid(etree.parse(file))
