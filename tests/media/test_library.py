"""What the library takes, keeps, changes and lets go of."""

from datetime import date, timedelta

import pytest

from tests import factories
from tests.media import films, pictures
from torg.core.errors import Invalid, InvalidTransition, NotAllowed, NotFound
from torg.files import commands as files
from torg.files.models import FileState, StoredFile
from torg.media import commands, queries
from torg.media.models import Medium
from torg.media.queries import Wanted
from torg.media.types import Kind, MediumState, ObstacleCode, People, Rights
from torg.people.types import Role
from torg.registry.models import PresenceKind


def codes(medium, *, at, channel=None):
    return [found.code for found in queries.obstacles(medium, at=at, channel=channel)]


def test_a_picture_is_kept_as_it_came_with_what_was_found_in_it(library):
    data = pictures.jpeg(400, 300)

    medium = library.added(data)

    assert (medium.kind, medium.media_type, medium.width, medium.height) == (Kind.PICTURE, "image/jpeg", 400, 300)
    assert "POSITION" in medium.hidden_data
    assert files.read(medium.sha256) == data
    assert pictures.SECRET.encode() not in files.read(medium.thumbnail_sha256)
    assert codes(medium, at=library.at) == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>",
        b"\x89PNG\r\n\x1a\n" + b"not a picture",
        pictures.jpeg()[:200],
        pictures.bomb(),
    ],
    ids=["nothing", "PDF", "SVG", "page", "false PNG", "cut off", "bomb"],
)
def test_what_is_no_sound_picture_is_refused_and_nothing_of_it_is_kept(library, data):
    with pytest.raises(Invalid):
        library.added(data)

    assert not Medium.objects.exists()


def test_the_same_file_is_there_once_for_each_page_and_seen_on_the_other(library):
    medium = library.added(is_shared=True)
    with pytest.raises(Invalid):
        library.added(title="En gang til")

    other = factories.presence("Biblioteket", at=library.at)
    guest = factories.administrator(other, at=library.at, name="Bodil Prøve")
    again = commands.add(
        data=pictures.jpeg(),
        description=library.described(scope_id=other.scope_id, title="Vårt torg"),
        by=guest,
        at=library.at,
    )

    assert list(queries.duplicates_of(again, seen_by=guest, at=library.at)) == [medium]
    assert list(queries.duplicates_of(medium, seen_by=library.by, at=library.at)) == []


def test_others_use_what_is_shared_and_never_change_it(library):
    shared, own = library.added(is_shared=True), library.added(pictures.png(), title="Eget bilde")
    other = factories.presence("Biblioteket", at=library.at)
    guest = factories.administrator(other, at=library.at, name="Bodil Prøve")

    assert list(queries.library(guest, wanted=Wanted(), at=library.at)) == [shared]
    with pytest.raises(NotFound):
        queries.medium_or_absent(guest, own.public_id, at=library.at)
    with pytest.raises(NotAllowed):
        commands.set_aside(medium_id=shared.public_id, by=guest, at=library.at)


def test_a_secret_group_shares_nothing(library, at):
    library.page = factories.presence("Gruppa", at=at, kind=PresenceKind.SECRET_GROUP)
    library.by = factories.administrator(library.page, at=at)

    with pytest.raises(Invalid):
        library.added(is_shared=True)


def test_whoever_only_reads_adds_nothing(library):
    reader = factories.person("Lars Leser")
    factories.role(reader, Role.CASE_OFFICER, at=library.at, scope=library.page.scope)
    library.by = reader

    with pytest.raises(NotAllowed):
        library.added()


def test_rights_that_have_ended_stop_publishing_and_make_tasks(library):
    medium = library.added(rights=Rights("Kari Prøve", until_on=date(2026, 3, 10)))
    place = library.used(medium)
    later = library.at + timedelta(days=1)
    assert codes(medium, at=library.at) == []
    with pytest.raises(InvalidTransition):
        commands.end_rights(medium_id=medium.public_id, by=library.by, at=library.at)

    commands.end_rights(medium_id=medium.public_id, by=library.by, at=later)

    assert codes(medium, at=later) == [ObstacleCode.RIGHTS_ENDED]
    assert set(medium.take_downs.values_list("use_kind", "use_id")) == {
        (place.kind, place.public_id),
        ("elsewhere", medium.public_id),
    }
    renewed = library.described(rights=Rights("Kari Prøve"))
    commands.describe(medium_id=medium.public_id, description=renewed, by=library.by, at=later)
    medium.refresh_from_db()
    assert codes(medium, at=later) == []


def test_text_in_a_picture_must_be_told_beside_it(library):
    medium = library.added(pictures.pale_poster(), is_graphic=True, holds_text=True)

    assert codes(medium, at=library.at) == [ObstacleCode.TEXT_NOT_TOLD]
    assert medium.contrast < 200
    assert len(queries.concerns(medium)) == 3


def test_a_film_needs_captions_and_a_sound_what_is_said(library):
    film = library.film()
    silent = library.film(films.film(sound=""), title="Stille film")
    sound = library.added(pictures.film(kind=b"soun", brand=b"M4A "), title="Ordførerens hilsen")
    assert (film.width, film.height, film.seconds, film.has_sound) == (64, 48, 1, True)
    assert film.thumbnail_sha256 and silent.is_silent
    assert codes(film, at=library.at) == [ObstacleCode.NO_CAPTIONS]
    assert codes(silent, at=library.at) == [ObstacleCode.FILM_NOT_TOLD]
    assert codes(sound, at=library.at) == [ObstacleCode.NO_TRANSCRIPT]

    srt = b"00:00:01,000 --> 00:00:02,000\nHei\n"
    commands.give_captions(medium_id=film.public_id, language="nb", data=srt, by=library.by, at=library.at)

    assert codes(film, at=library.at) == []
    with pytest.raises(Invalid):
        commands.give_captions(medium_id=sound.public_id, language="nb", data=srt, by=library.by, at=library.at)


def test_what_cannot_be_stripped_is_kept_and_not_published(library):
    medium = library.added(b"ID3\x04sang")

    assert ObstacleCode.NOT_STRIPPED in codes(medium, at=library.at)


@pytest.mark.parametrize(("x", "y", "shape"), [(-1, 0, ""), (0, 1001, ""), (500, 500, "triangle")])
def test_a_focus_outside_the_picture_is_refused(library, x, y, shape):
    medium = library.added()

    with pytest.raises(Invalid):
        commands.choose_focus(medium_id=medium.public_id, x=x, y=y, shape=shape, by=library.by, at=library.at)


def test_alt_texts_are_suggested_the_newest_first_with_those_of_uses(library):
    medium = library.added()
    for minutes, text in enumerate(["Torget", "Torget  i sol"]):
        commands.note_alt_text(
            medium_id=medium.public_id,
            language="nb",
            text=text,
            by=library.by,
            at=library.at + timedelta(minutes=minutes),
        )
    library.used(medium, alts=[("nb", "Folk på torget"), ("nn", "Folk på torget i dag")])

    assert queries.alt_suggestions(medium, language="nb") == ["Torget i sol", "Torget", "Folk på torget"]
    assert queries.alt_suggestions(medium, language="nn") == ["Folk på torget i dag"]


def test_the_library_is_searched_by_words_kind_and_page(library):
    market = library.added()
    poster = library.added(pictures.png(), title="Plakat om vannmangel", is_graphic=True)
    commands.note_alt_text(
        medium_id=market.public_id, language="nb", text="Ei bod med epler", by=library.by, at=library.at
    )

    def found(**wanted):
        return list(queries.library(library.by, wanted=Wanted(**wanted), at=library.at))

    assert found() == [poster, market]
    assert found(text="epler torget") == [market]
    assert found(text="epler vann") == []
    assert found(kind=Kind.GRAPHIC) == [poster]
    assert found(scope_id=library.page.scope_id, is_set_aside=True) == []


def test_a_medium_is_taken_out_of_use_and_deleted_with_its_bytes(library):
    medium = library.added()
    with pytest.raises(InvalidTransition):
        commands.delete(medium_id=medium.public_id, by=library.by, at=library.at)

    commands.set_aside(medium_id=medium.public_id, by=library.by, at=library.at)
    medium.refresh_from_db()
    assert codes(medium, at=library.at) == [ObstacleCode.NOT_IN_USE]
    commands.delete(medium_id=medium.public_id, by=library.by, at=library.at)

    assert StoredFile.objects.get(sha256=medium.sha256).state == FileState.REMOVED
    assert library.added().state == MediumState.KEPT
    with pytest.raises(NotFound):
        commands.take_back(medium_id=medium.public_id, by=library.by, at=library.at)


def test_what_the_archive_holds_stays_on_disk_when_the_library_lets_go(library):
    medium = library.added(people=People.NEWS)
    files.hold(
        sha256=medium.sha256, holder_kind="records.capture", holder_id=medium.public_id, reason="X", at=library.at
    )
    commands.set_aside(medium_id=medium.public_id, by=library.by, at=library.at)

    commands.delete(medium_id=medium.public_id, by=library.by, at=library.at)

    assert StoredFile.objects.get(sha256=medium.sha256).state == FileState.WHOLE
