"""`torg records verify`: every stored file is hashed again, and what is missing is named."""

import json

import pytest

from tests.records import samples
from torg.core.actors import Rule
from torg.files import commands as files
from torg.files import disk
from torg.records import commands
from torg.records.command_line import main
from torg.records.models import Capture

pytestmark = pytest.mark.django_db
BY = Rule("test", "1")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_FOLDER = tmp_path / "files"


@pytest.fixture
def capture(at):
    return commands.capture(snapshot=samples.snapshot(at=at), reason="TEST", by=BY, at=at)


def told(capsys, status):
    assert main(["verify", "--json"]) == status
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def test_when_all_is_in_order_it_says_so(capture, capsys):
    assert main(["verify"]) == 0

    assert capsys.readouterr().out == "1 files looked at, 0 not in order.\n"


@pytest.mark.strategy("D7")
@pytest.mark.parametrize(("harm", "state"), [("damage", "DAMAGED"), ("take away", "MISSING")])
def test_a_broken_file_is_named_with_who_needs_it(capture, capsys, harm, state):
    place = disk.place_of(capture.sha256)
    place.write_bytes(b"x") if harm == "damage" else place.unlink()

    (broken,) = told(capsys, 1)["broken"]

    assert (broken["sha256"], broken["state"]) == (capture.sha256, state)
    assert "records.capture" in broken["needed_by"]


def test_what_the_archive_names_but_nobody_keeps_is_found(at, capture, capsys):
    Capture.objects.create(
        scope_id=capture.scope_id,
        subject_kind="dialogue.thread",
        subject_id=capture.subject_id,
        sha256="0" * 64,
        form=capture.form,
        reason="TEST",
        taken_at=at,
        taken_by="test",
    )

    assert told(capsys, 1)["broken"] == [{"sha256": "0" * 64, "state": "NOT_KEPT", "needed_by": ["records.capture"]}]


def test_what_was_removed_on_purpose_is_not_broken(at, capsys):
    file = files.store(data=b"et bilde", claimed_type=None, at=at)
    files.remove(sha256=file.sha256, by=BY, at=at)

    assert told(capsys, 0) == {"files": 0, "broken": []}
