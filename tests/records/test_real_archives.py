"""From a conversation to a receipt, over the real ways, against archives that refuse what the standard refuses."""

from pathlib import Path

import pytest
from devtools.fiks_standin.core import FiksStandin
from devtools.fiks_standin.packings import Folder
from devtools.noark_standin.server import PASSWORD, USER, NoarkStandin

from tests.records.archive_core import complete, planned
from tests.records.conftest import NEW_CASE, TITLES
from torg.outbox import sending
from torg.records import archive_making, collecting, commands
from torg.records.archive_secrets import ArchiveSecrets
from torg.records.models import Delivery
from torg.records.outbound import DELIVERER
from torg.records.types import CoreWanted, RestrictionWanted

SCHEMAS = Path(__file__).resolve().parents[3] / "shared/standards/noark5/fiks-arkiv-v1"
ODD = "Når åpner <svømmehallen> ]]> & «kiosken»? \x07 👍🏽 ‮baklengs"


def journal(archive) -> None:
    found = archive.decided("CASE_DOCUMENT", "CASE_HANDLED", "HAS_VALUE", text=ODD, answers=("Klokka ti.",))
    entries = commands.journal(
        assessment_id=found.public_id, case=NEW_CASE, titles=TITLES, by=archive.archivist, at=archive.at,
        restrictions=[RestrictionWanted(target="ENTRY", reference="offentleglova-13-1")],
    )  # fmt: skip
    for entry in entries:
        complete(entry, archive)


def test_a_conversation_is_filed_in_a_noark_core_and_corrected_there(archive):
    with NoarkStandin() as core:
        core.core.klasse.fields["klasseID"] = "614"
        wanted = CoreWanted(name="Kjernen", way="NOARK", address=core.base_url, series="Sakarkiv")
        secrets = ArchiveSecrets(username=USER, password=PASSWORD, client_id="torg", client_secret="x")
        commands.connect_archive(wanted=wanted, secrets=secrets, by=archive.archivist, at=archive.at)
        journal(archive)
        planned(archive)

        sending.send_due(at=archive.at)

        entries = core.core.of_kind("journalpost")
        assert [entry.code("journalposttype") for entry in entries] == ["I", "U"]
        assert len(core.core.of_kind("avskrivning")) == 1
        assert all(one.content for one in core.core.of_kind("dokumentobjekt"))
        rows = list(Delivery.objects.order_by("id"))
        assert [(row.state, row.system_id) for row in rows] == [("DELIVERED", entry.id) for entry in entries]
        found = collecting.compare(rows[0].core, by=DELIVERER, at=archive.at)
        assert (found.missing_there, found.unknown_here) == ((), ())


def test_a_conversation_goes_as_messages_of_fiks_arkiv_that_follow_the_schema(archive, settings, tmp_path):
    settings.ARCHIVE_FOLDER = tmp_path
    wanted = CoreWanted(name="Fiks", way="FOLDER", address="fiks")
    core = commands.connect_archive(wanted=wanted, secrets=ArchiveSecrets(), by=archive.archivist, at=archive.at)
    standin = FiksStandin(archive_making.folder_of("fiks"), Folder(), SCHEMAS if SCHEMAS.is_dir() else None)
    journal(archive)
    planned(archive)
    sending.send_due(at=archive.at)

    standin.work()
    collecting.collect_answers(core, by=DELIVERER, at=archive.at)

    rows = list(Delivery.objects.select_related("entry").order_by("id"))
    assert [row.archive_reason for row in rows] == ["", ""]
    assert [row.state for row in rows] == ["DELIVERED", "DELIVERED"]
    assert [row.entry.archive_number for row in rows] == [501, 502]


@pytest.mark.parametrize("name", ["../../etc", "/etc", "", "fiks/../.."])
def test_nobody_chooses_another_place_than_the_operators_folder(settings, tmp_path, name):
    settings.ARCHIVE_FOLDER = tmp_path

    assert archive_making.folder_of(name).parent == tmp_path
