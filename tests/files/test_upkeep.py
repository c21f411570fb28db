"""Hashing files again, and clearing away strays."""

from datetime import UTC, datetime, timedelta

import pytest

from torg.audit.models import AuditEvent
from torg.core import clock
from torg.files import commands as files
from torg.files import disk, upkeep
from torg.files.models import StoredFile

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def stored(text, at):
    return files.store(data=text.encode(), claimed_type=None, at=at)


def test_those_verified_longest_ago_come_first(at):
    old, new = stored("gammel", at), stored("ny", at + HOUR)

    upkeep.verify_slice(at=at + 2 * HOUR, files=1)

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.verified_at, new.verified_at) == (at + 2 * HOUR, at + HOUR)


@pytest.mark.parametrize("harm", ["damaged", "missing"])
def test_a_file_that_is_not_as_stored_is_marked_and_told_once(at, harm):
    file = stored("noe", at)
    place = disk.place_of(file.sha256)
    place.write_bytes(b"annet") if harm == "damaged" else place.unlink()

    assert upkeep.verify_slice(at=at + HOUR) == 1
    assert upkeep.verify_slice(at=at + 2 * HOUR) == 1

    assert StoredFile.objects.get().state == harm.upper()
    assert AuditEvent.objects.get().name == f"files.file.{harm}"


def test_a_file_that_was_put_back_is_in_order_again(at):
    file = stored("noe", at)
    disk.place_of(file.sha256).unlink()
    upkeep.verify_slice(at=at + HOUR)
    disk.place_of(file.sha256).write_bytes(b"noe")

    assert upkeep.verify_slice(at=at + 2 * HOUR) == 0
    assert AuditEvent.objects.filter(name="files.file.mended").count() == 1


def test_a_slice_ends_when_enough_has_been_read(at):
    for number in range(3):
        stored(f"fil {number}", at)

    upkeep.verify_slice(at=at + HOUR, megabytes=0)

    assert StoredFile.objects.filter(verified_at=at + HOUR).count() == 1


def test_a_stray_is_swept_when_no_open_transaction_can_want_it(at):
    disk.write({"a" * 64: b"ingen vil ha meg"})
    written_at = datetime.fromtimestamp(disk.place_of("a" * 64).stat().st_mtime, tz=UTC)

    assert upkeep.sweep(at=written_at + HOUR) == 0
    assert upkeep.sweep(at=written_at + timedelta(days=2)) == 1


def test_a_file_in_use_is_never_swept(at):
    file = stored("noe", at)

    assert upkeep.sweep(at=clock.now() + timedelta(days=400)) == 0
    assert files.read(file.sha256) == b"noe"


def test_a_write_that_fails_leaves_nothing_behind(at, monkeypatch):
    def full(handle):
        raise OSError("No space left on device")

    monkeypatch.setattr(disk.os, "fsync", full)

    with pytest.raises(OSError, match="No space"):
        stored("noe", at)
    assert list(disk.everything()) == []
