"""Storing, holding, releasing and removing files."""

import threading

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from torg.audit.models import AuditEvent
from torg.core import ids
from torg.core.actors import Operator
from torg.core.errors import Invalid, NotFound
from torg.files import commands as files
from torg.files import disk, queries, upkeep
from torg.files.models import Hold, StoredFile

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
SOMEBODY = Operator("kari-pc")


@pytest.fixture
def file(db, at):
    return files.store(data=PNG, claimed_type="text/html", at=at)


def hold(file, at, **changes):
    given = {"holder_kind": "test.case", "holder_id": ids.new(), "reason": "EVIDENCE", "at": at, **changes}
    return files.hold(sha256=file.sha256, **given)


def test_a_stored_file_is_read_back_whole(file):
    assert files.read(file.sha256) == PNG
    assert (file.media_type, file.claimed_type, file.size) == ("image/png", "text/html", len(PNG))


def test_the_same_bytes_twice_are_one_file(file, at):
    files.store(data=PNG, claimed_type="image/png", at=at)

    assert StoredFile.objects.count() == 1
    assert len(list(disk.everything())) == 1


def test_many_are_stored_as_each_would_be_and_in_their_order(file, at):
    files.remove(sha256=file.sha256, by=SOMEBODY, at=at)

    stored = files.store_many(contents=[b"en", PNG, b"to", b"en"], claimed_type=None, at=at)

    assert [files.read(each.sha256) for each in stored] == [b"en", PNG, b"to", b"en"]
    assert (StoredFile.objects.count(), StoredFile.objects.get(pk=file.pk).removed_at) == (3, None)


def test_one_empty_file_among_many_stores_none(db, at):
    with pytest.raises(Invalid):
        files.store_many(contents=[PNG, b""], claimed_type=None, at=at)
    assert not StoredFile.objects.exists()


def test_what_is_not_kept_is_told_where_many_are_held(file, at):
    needs = [files.Need(sha256, ids.new()) for sha256 in (file.sha256, "0" * 64)]

    lacking = files.hold_many(needs=needs, holder_kind="test.case", reason="EVIDENCE", at=at)

    assert lacking == needs[1:]
    assert Hold.objects.get(released_at=None).holder_id == needs[0].holder_id


def test_an_empty_file_is_refused(db, at):
    with pytest.raises(Invalid):
        files.store(data=b"", claimed_type=None, at=at)


def test_bytes_that_were_changed_on_disk_are_never_given_out(file):
    disk.place_of(file.sha256).write_bytes(b"something else")

    with pytest.raises(queries.FileDamaged):
        files.read(file.sha256)


def test_a_missing_file_says_so(file):
    disk.place_of(file.sha256).unlink()

    with pytest.raises(queries.FileDamaged, match="server"):
        files.read(file.sha256)


def test_a_file_nobody_stored_is_absent(db):
    with pytest.raises(NotFound):
        files.read("0" * 64)


def test_storing_again_mends_a_damaged_file(file, at):
    disk.place_of(file.sha256).write_bytes(b"something else")
    upkeep.verify_slice(at=at.replace(hour=23))

    files.store(data=PNG, claimed_type=None, at=at)

    assert files.read(file.sha256) == PNG
    assert StoredFile.objects.get().state == "WHOLE"


def test_a_held_file_is_not_removed(file, at):
    hold(file, at)

    with pytest.raises(files.Held):
        files.remove(sha256=file.sha256, by=SOMEBODY, at=at)
    assert files.read(file.sha256) == PNG


def test_the_database_refuses_to_remove_a_held_file_as_well(file, at):
    hold(file, at)

    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.update(state="REMOVED", removed_at=at)


def test_the_database_refuses_to_hold_a_removed_file(file, at):
    files.remove(sha256=file.sha256, by=SOMEBODY, at=at)

    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.create(file=file, holder_kind="test.case", holder_id=ids.new(), reason="EVIDENCE", held_at=at)


def test_a_file_is_removed_when_the_last_hold_is_released(file, at):
    first, second = hold(file, at), hold(file, at)
    for held in (first, second):
        files.release(sha256=file.sha256, holder_kind="test.case", holder_id=held.holder_id, at=at)

    files.remove(sha256=file.sha256, by=SOMEBODY, at=at)
    upkeep.sweep(at=at)

    assert list(disk.everything()) == []
    assert AuditEvent.objects.get(name="files.file.removed").target_id == file.sha256
    with pytest.raises(NotFound):
        files.read(file.sha256)


def test_holding_twice_is_holding_once(file, at):
    holder = ids.new()
    hold(file, at, holder_id=holder)
    hold(file, at, holder_id=holder)

    assert files.release(sha256=file.sha256, holder_kind="test.case", holder_id=holder, at=at) == 1
    assert not queries.is_held(file.sha256)


def test_releasing_one_reason_leaves_the_others(file, at):
    holder = ids.new()
    hold(file, at, holder_id=holder, reason="EVIDENCE")
    hold(file, at, holder_id=holder, reason="JOURNALED")

    files.release(sha256=file.sha256, holder_kind="test.case", holder_id=holder, reason="EVIDENCE", at=at)

    assert queries.is_held(file.sha256)


def test_a_removed_file_that_comes_again_is_kept_again(file, at):
    files.remove(sha256=file.sha256, by=SOMEBODY, at=at)

    files.store(data=PNG, claimed_type=None, at=at)
    upkeep.sweep(at=at)

    assert files.read(file.sha256) == PNG


def test_many_who_store_the_same_bytes_at_once_make_one_file(fresh_database, at):
    problems = []

    def work():
        try:
            files.store(data=PNG, claimed_type=None, at=at)
        except Exception as error:
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (problems, StoredFile.objects.count(), len(list(disk.everything()))) == ([], 1, 1)


def test_bytes_are_not_swept_while_somebody_stores_them_again(fresh_database, at):
    file = files.store(data=PNG, claimed_type=None, at=at)
    files.remove(sha256=file.sha256, by=SOMEBODY, at=at)
    problems = []

    def sweep_beside():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        try:
            upkeep.sweep(at=at)
        except OperationalError as error:
            problems.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        files.store(data=PNG, claimed_type=None, at=at)
        thread = threading.Thread(target=sweep_beside)
        thread.start()
        thread.join()

    assert len(problems) == 1
    assert files.read(file.sha256) == PNG
