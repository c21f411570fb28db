"""Closing, merging and splitting: an export first, the tie on both sides, nothing told of a secret group."""

import io
import json
import os
import tracemalloc
import zipfile
from datetime import timedelta

import pytest

from tests import factories
from tests.dialogue import arriving
from tests.registry import scene
from torg.audit.models import AuditEvent
from torg.core.actors import Rule
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.dialogue.exporting import contents_of
from torg.files import queries as files
from torg.registry import commands as registry
from torg.registry import exporting, queries
from torg.registry.models import PresenceExport, PresenceKind, Succession
from torg.registry.types import AccessTold, ExportPart, HolderTold, Link, Told
from torg.registry.words import Because, ExportState, SuccessionKind

pytestmark = pytest.mark.django_db
EXPORTER = Rule("registry.exporter", "1")
WATCH = Rule("channels.watch", "1")


@pytest.fixture
def main(at):
    return factories.presence("Eksempelvik kommune", at=at)


@pytest.mark.strategy("C1")
@pytest.mark.parametrize("days_ago", [None, 8])
def test_a_page_closes_with_a_fresh_export_only(days_ago, page, officer, at):
    if days_ago is not None:
        scene.exported(page, by=officer, at=at, days_ago=days_ago)
    with pytest.raises(InvalidTransition):
        registry.close_presence(presence_id=page.public_id, ending=scene.ENDING, by=officer, at=at)

    export = scene.exported(page, by=officer, at=at, days_ago=7)
    registry.close_presence(presence_id=page.public_id, ending=scene.ENDING, by=officer, at=at)

    page.refresh_from_db()
    assert (page.closed_at, page.closure.export, page.closure.followers) == (at, export, "TOLD")
    assert AuditEvent.objects.filter(name="registry.presence.closed", scope_id=page.scope_id).count() == 1
    with pytest.raises(InvalidTransition):
        registry.close_presence(presence_id=page.public_id, ending=scene.ENDING, by=officer, at=at)


@pytest.mark.strategy("C1")
def test_a_merged_page_says_where_it_went_to_those_who_may_know(page, main, officer, at):
    runner = factories.administrator(page, at=at)
    scene.exported(page, by=officer, at=at)

    registry.merge_presence(presence_id=page.public_id, into_id=main.public_id, ending=scene.ENDING, by=officer, at=at)

    page.refresh_from_db()
    assert page.closed_at == at
    assert queries.successors(page, seen_by=officer, at=at) == [main]
    assert [event.what for event in queries.timeline(main, seen_by=officer, at=at)] == ["OPENED", "CAME_FROM"]
    assert queries.successors(page, seen_by=runner, at=at) == []
    assert "WENT_TO" not in {event.what for event in queries.timeline(page, seen_by=runner, at=at)}


@pytest.mark.strategy("C8")
def test_a_secret_group_is_tied_to_nothing(page, main, officer, runner, stranger, at):
    secret = factories.presence("Varslere", at=at, kind=PresenceKind.SECRET_GROUP)
    scene.exported(secret, by=officer, at=at)
    link = Link(SuccessionKind.REPLACED)

    for one, other in ((secret, page), (page, secret)):
        with pytest.raises(Invalid):
            registry.record_succession(from_id=one.public_id, to_id=other.public_id, link=link, by=officer, at=at)
    with pytest.raises(Invalid):
        registry.merge_presence(
            presence_id=secret.public_id, into_id=main.public_id, ending=scene.ENDING, by=officer, at=at
        )
    for person in (runner, stranger):
        with pytest.raises(NotFound):
            registry.merge_presence(
                presence_id=page.public_id, into_id=secret.public_id, ending=scene.ENDING, by=person, at=at
            )


def test_when_municipalities_merge_the_old_page_keeps_its_successor(page, main, officer, runner, at):
    link = Link(SuccessionKind.REPLACED, Because.MUNICIPALITIES_MERGED)
    told = {"from_id": page.public_id, "to_id": main.public_id, "link": link, "at": at}
    with pytest.raises(NotFound):
        registry.record_succession(by=runner, **told)

    registry.record_succession(by=officer, **told)

    [event] = [one for one in queries.timeline(main, seen_by=officer, at=at) if one.other]
    assert (event.other, bool(event.because)) == (page, True)
    with pytest.raises(Invalid):
        registry.record_succession(by=officer, **told)
    with pytest.raises(Invalid):
        registry.record_succession(by=officer, **{**told, "link": Link(SuccessionKind.MERGED)})
    with pytest.raises(Invalid):
        registry.record_succession(by=officer, **{**told, "to_id": page.public_id})
    assert Succession.objects.count() == 1


def test_an_export_holds_what_is_registered_and_every_thread_with_its_sums(officer, deputy, at):
    connection = arriving.connect()
    arriving.absorb(connection, arriving.event(text=scene.HOSTILE, author_name="Ola"))
    item, page = arriving.item_of("c1"), connection.presence
    scene.whole(page, by=officer, other=deputy, at=at)
    on = {"presence_id": page.public_id, "by": WATCH, "at": at}
    registry.note_told(told=Told("facebook", name="Kino", figures={"followers_count": 4100}), **on)
    registry.note_access(told=AccessTold("facebook", [HolderTold("7", "Byrået")]), **on)
    ordered = registry.order_export(presence_id=page.public_id, by=officer, at=at)
    again = registry.order_export(presence_id=page.public_id, by=deputy, at=at)

    made = exporting.make(ordered.public_id, by=EXPORTER, at=at)

    assert again == ordered
    archive = zipfile.ZipFile(registry.fetch_export(export_id=made.public_id, by=officer, at=at)[1])
    thread = json.loads(archive.read(f"threads/{item.thread.public_id}.json"))
    told = json.loads(archive.read("presence.json"))
    assert thread["items"][0]["wordings"][0]["text"] == item.text
    assert told["goals"][0]["measurements"][0]["value"] == "1500.00"
    assert (told["figures_told"][0]["value"], told["profiles_told"][0]["name"]) == (4100, "Kino")
    assert told["platform_accesses"][0]["name"] == "Byrået"
    assert told["custodies"][0]["holder"] == officer.name
    assert len(archive.read("SHA256SUMS").splitlines()) == len(archive.namelist()) - 1
    assert made.threads == 1


def test_only_those_who_may_read_all_of_it_order_or_fetch_an_export(page, officer, runner, stranger, at):
    export = scene.exported(page, by=officer, at=at)

    for person, refusal in ((runner, NotAllowed), (stranger, NotFound)):
        with pytest.raises(refusal):
            registry.order_export(presence_id=page.public_id, by=person, at=at)
        with pytest.raises(refusal):
            registry.fetch_export(export_id=export.public_id, by=person, at=at)


def test_an_export_that_fails_says_so_and_can_be_ordered_anew(page, officer, at, settings):
    settings.PRESENCE_EXPORT = "tests.registry.test_endings.broken"
    ordered = registry.order_export(presence_id=page.public_id, by=officer, at=at)

    failed = exporting.make(ordered.public_id, by=EXPORTER, at=at)

    assert (failed.state, exporting.make(ordered.public_id, by=EXPORTER, at=at).state) == ("FAILED", "FAILED")
    assert registry.order_export(presence_id=page.public_id, by=officer, at=at) != ordered


def test_an_export_is_erased_when_its_day_has_come(page, officer, at):
    ordered = registry.order_export(presence_id=page.public_id, by=officer, at=at)
    made = exporting.make(ordered.public_id, by=EXPORTER, at=at)
    with pytest.raises(InvalidTransition):
        registry.erase_export(export_id=made.public_id, by=EXPORTER, at=at)
    with pytest.raises(InvalidTransition):
        registry.fetch_export(export_id=made.public_id, by=officer, at=at + timedelta(days=90))

    registry.erase_export(export_id=made.public_id, by=EXPORTER, at=at + timedelta(days=90))

    assert files.kept([made.sha256]) == set()
    assert PresenceExport.objects.get().state == ExportState.EXPIRED


def test_the_same_contents_give_the_same_file():
    def packed() -> bytes:
        parts = [ExportPart("presence.json", [b"{", b"}"]), ExportPart("threads/1.json", [scene.HOSTILE.encode()])]
        exporting.package(parts, file := io.BytesIO())
        return file.getvalue()

    assert packed() == packed()


def test_a_page_of_years_is_packed_without_filling_the_memory(tmp_path):
    page = [os.urandom(20_000)]
    parts = (ExportPart(f"threads/{number}.json", page) for number in range(3_000))
    tracemalloc.start()
    with (tmp_path / "export.zip").open("wb") as file:
        threads = exporting.package(parts, file)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert threads == 3_000
    assert (tmp_path / "export.zip").stat().st_size > 50_000_000
    assert most < 8_000_000


def test_thousands_of_comments_are_read_a_few_threads_at_a_time(at):
    connection = arriving.connect()
    texts = (f"{number} {'å' * 4_000}" for number in range(2_500))
    arriving.absorb(connection, *(arriving.event(external_id=text.split()[0], text=text) for text in texts))

    tracemalloc.start()
    written = sum(len(piece) for part in contents_of(connection.scope_id) for piece in part.pieces)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert written > 2 * 2_500 * 4_000
    assert most < written / 4


def broken(scope_id):
    """A source that fails."""
    raise OSError
