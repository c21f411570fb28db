"""A file that is not as it was stored is seen, and archivists are told of it."""

from datetime import timedelta

from django.core import mail

from torg.audit.models import AuditEvent
from torg.core.actors import Rule
from torg.files import disk, upkeep
from torg.records import commands, documentation_plan, integrity
from torg.records.models import DocumentObject

WATCHER = Rule("records.watcher", "1")


def broken(archive) -> str:
    archive.journaled()
    sha256 = DocumentObject.objects.first().sha256
    disk.place_of(sha256).write_bytes(b"rotten")
    upkeep.verify_slice(at=archive.at + timedelta(hours=1))
    return sha256


def alarmed(archive, **later) -> int:
    return commands.alarm_of_broken_files(by=WATCHER, at=archive.at + timedelta(**later))


def test_a_broken_file_stands_on_the_page_with_what_needs_it(archive):
    sha256 = broken(archive)

    found = integrity.standing(seen_by=archive.archivist, at=archive.at + timedelta(hours=2))

    assert (found.broken, [row.sha256 for row in found.shown]) == (1, [sha256])
    assert "records.document" in found.shown[0].needed_by
    assert found.newest_at == archive.at + timedelta(hours=1)


def test_archivists_are_told_once_and_again_each_day_while_it_lasts(archive):
    archive.archivist.email = "are@example.org"
    archive.archivist.save()
    assert alarmed(archive) == 0
    broken(archive)

    for hours in (2, 3, 30):
        alarmed(archive, hours=hours)

    assert len(mail.outbox) == 2
    assert "/records/integrity/" in mail.outbox[0].body
    assert AuditEvent.objects.filter(name="records.integrity.alarmed").count() == 2


def test_a_round_that_takes_too_long_is_late(archive):
    archive.journaled()

    assert not integrity.standing(seen_by=archive.archivist, at=archive.at + timedelta(days=30)).is_late
    assert integrity.standing(seen_by=archive.archivist, at=archive.at + timedelta(days=32)).is_late


def test_the_documentation_plan_tells_of_every_channel_and_no_cell_is_a_formula(archive):
    archive.gathered()

    rows = documentation_plan.rows()
    table = documentation_plan.as_csv([*rows, documentation_plan.PlanRow("=1+1", *["+x"] * 6, 1, 1)])

    assert {"facebook"} <= {row.arises_in for row in rows}
    assert sum(row.number for row in rows if row.arises_in == "facebook") == 1
    assert "\n=" not in table
    assert "'=1+1;'+x" in table
