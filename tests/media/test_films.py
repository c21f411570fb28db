"""Films are made ready in sizes for every line, one picture stands for each, and a hostile one breaks nothing."""

import io
import json

import av
import pytest
from PIL import Image

from tests import factories
from tests.media import films, pictures
from torg.audit.models import AuditEvent
from torg.core.actors import Rule
from torg.core.errors import Invalid, NotAllowed, NotFound
from torg.files import queries as files
from torg.files.models import StoredFile
from torg.media import coding, commands, copies, keeping, queries, sizing, tasks
from torg.media.models import FilmSize
from torg.media.types import ObstacleCode, People, SizeProblem, SizeState
from torg.people.types import Role
from torg.records.documents.confined import Confined, ConfinedFailure

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("size", "lines"),
    [
        ((1920, 1080), [360, 720, 1080]),
        ((1080, 1920), [360, 720, 1080]),
        ((3840, 2160), [360, 720, 1080]),
        ((1280, 720), [360, 720]),
        ((640, 480), [360, 480]),
        ((401, 401), [400]),
        ((64, 48), [48]),
        ((None, None), [360]),
    ],
)
def test_a_film_gets_the_sizes_that_suit_it_and_is_never_blown_up(size, lines):
    assert coding.lines_for(*size) == lines


def test_every_size_plays_everywhere_at_once_and_tells_nothing_besides(library):
    data = films.film("matroska", "mpeg4", "libopus", (960, 540))

    medium = library.film(data)

    small, large = copies.film_sizes(medium)
    assert ((small.width, small.height), (large.width, large.height)) == ((640, 360), (960, 540))
    assert films.SECRET.encode() in data and (medium.seconds, medium.has_sound) == (1, True)
    made = files.read(large.sha256)
    assert films.SECRET.encode() not in made and films.POSITION.encode() not in made
    assert made.index(b"moov") < made.index(b"mdat")
    with av.open(io.BytesIO(made)) as found:
        assert [track.codec_context.name for track in found.streams] == ["h264", "aac"]
        assert found.metadata.keys() <= {"major_brand", "minor_version", "compatible_brands"}
    noted = AuditEvent.objects.filter(name="media.medium.size-noted")
    assert noted.count() == 2


def test_how_far_it_has_come_is_told_on_the_way(tmp_path):
    (tmp_path / "film").write_bytes(films.film())
    told: list[bytes] = []

    answer = sizing._films.call(
        coding.coded, str(tmp_path / "film"), str(tmp_path / "made"), "video/webm", 48, told=told.append
    )

    assert [int(one) for one in told] == sorted({int(one) for one in told}) and told
    assert json.loads(answer) == {"width": 64, "height": 48}


@pytest.mark.parametrize(
    "data",
    [films.film()[:300], pictures.film(kind=b"camm"), b"\x1a\x45\xdf\xa3<script>alert(1)</script>"],
    ids=["cut off", "no moving picture", "a script that calls itself a film"],
)
def test_what_cannot_be_made_ready_is_said_and_is_not_published(library, data):
    medium = library.film(data, text="Stille")

    [size] = medium.sizes.all()
    assert (size.state, size.problem, size.sha256) == (SizeState.FAILED, SizeProblem.UNREADABLE, "")
    assert ObstacleCode.FILM_FAILED in {one.code for one in queries.obstacles(medium, at=library.at)}


def test_it_is_tried_again_by_those_who_keep_the_library(library):
    medium = library.film(films.film()[:300])
    reader = factories.person("Lars Leser")
    factories.role(reader, Role.CASE_OFFICER, at=library.at, scope=library.page.scope)

    with pytest.raises(NotAllowed):
        commands.make_sizes_again(medium_id=medium.public_id, by=reader, at=library.at)
    commands.make_sizes_again(medium_id=medium.public_id, by=library.by, at=library.at)

    assert [size.state for size in medium.sizes.all()] == [SizeState.WAITING]


def test_what_a_worker_that_died_left_is_made_and_no_two_make_at_once(library):
    medium = library.added(films.film())
    assert {one.code for one in queries.obstacles(medium, at=library.at)} >= {ObstacleCode.FILM_NOT_READY}
    FilmSize.objects.update(state=SizeState.MAKING, percent=40)

    tasks.make_sizes_left(0)
    tasks.make_sizes()

    assert [size.state for size in medium.sizes.all()] == [SizeState.READY]


def test_a_film_that_is_deleted_meanwhile_leaves_nothing_on_disk(library):
    medium = library.film()
    [size] = copies.film_sizes(medium)
    frames = list(medium.frames.values_list("sha256", flat=True))
    commands.set_aside(medium_id=medium.public_id, by=library.by, at=library.at)

    commands.delete(medium_id=medium.public_id, by=library.by, at=library.at)
    with pytest.raises(NotFound):
        commands.note_size(size_id=size.pk, made=sizing.Made(), by=Rule("x", "1"), at=library.at)
    keeping.drop("", by=Rule("x", "1"), at=library.at)

    gone = StoredFile.objects.filter(sha256__in=[size.sha256, *frames, medium.thumbnail_sha256], state="REMOVED")
    assert gone.count() == len({size.sha256, *frames, medium.thumbnail_sha256})


def test_a_frame_or_a_picture_of_the_library_stands_for_the_film(library):
    medium = library.film(films.film("webm", "libvpx", "", (320, 240)))
    frame = medium.frames.last()
    picture = library.added(pictures.jpeg(800, 400), title="Plakat")
    acting = {"medium_id": medium.public_id, "by": library.by, "at": library.at}

    commands.choose_frame(milliseconds=frame.milliseconds, **acting)
    medium.refresh_from_db()
    of_film = queries.pins_of(medium)
    commands.choose_poster(picture_id=picture.public_id, alt=" Torget\ni sol ", **acting)
    medium.refresh_from_db()

    assert Image.open(io.BytesIO(files.read(of_film.poster_sha256))).size == (320, 240)
    assert Image.open(io.BytesIO(files.read(medium.thumbnail_sha256))).size == (800, 400)
    assert (medium.poster_alt, medium.poster_from, medium.poster_at) == ("Torget i sol", picture, None)


def test_a_poster_is_described_and_comes_down_with_the_right_to_it(library):
    medium, shown = library.film(), library.added(title="Plakat", people=People.CONSENT)
    acting = {"medium_id": medium.public_id, "by": library.by, "at": library.at}
    consent = library.consent()
    with pytest.raises(Invalid):
        commands.choose_frame(milliseconds=999_999, **acting)
    with pytest.raises(Invalid):
        commands.choose_poster(picture_id=shown.public_id, alt="Ola smiler", **acting)
    commands.note_depiction(medium_id=shown.public_id, consent_id=consent.public_id, by=library.by, at=library.at)
    with pytest.raises(Invalid):
        commands.choose_poster(picture_id=shown.public_id, alt=" ", **acting)
    commands.choose_poster(picture_id=shown.public_id, alt="Ola smiler", **acting)

    commands.withdraw_consent(consent_id=consent.public_id, by=library.by, at=library.at)

    medium.refresh_from_db()
    assert ObstacleCode.POSTER_FORBIDDEN in {one.code for one in queries.obstacles(medium, at=library.at)}


def test_the_process_that_makes_films_may_take_only_so_long(tmp_path):
    (tmp_path / "film").write_bytes(films.film())
    hurried = Confined(largest_file=1_000_000)

    with pytest.raises(ConfinedFailure):
        hurried.call(coding.coded, str(tmp_path / "film"), str(tmp_path / "made"), "video/webm", 48, seconds=0.01)

    hurried.stop()
