"""Films and sounds reach formats of the archive; what is right is left alone, and what is hostile harms nothing."""

import pytest

from tests.records.documents import film_samples, samples
from torg.records.documents import confined, converting, films
from torg.records.documents.confined import ConfinedFailure
from torg.records.documents.converting import to_archive_format


def converted(data, name="opptak"):
    return to_archive_format(data, name=name, at=samples.AT)


@pytest.mark.parametrize(
    ("container", "picture", "sound"),
    [("webm", "libvpx", "libopus"), ("mp4", "libx265", "aac"), ("avi", "mpeg4", "libmp3lame"), ("3gp", "mpeg4", "")],
)
def test_a_film_becomes_mpeg_4_with_h264(container, picture, sound):
    data = film_samples.film(container, picture, sound)

    made = converted(data, "opptak.webm")

    codings, seconds = film_samples.contents(made.data)
    assert (made.format.puid, made.name, made.is_archive_format) == ("fmt/199", "opptak.mp4", True)
    assert codings == ["h264", *(["aac"] if sound else [])]
    assert 0.45 < seconds < 0.65
    assert film_samples.corners(made.data) == [True, False, True, False]


@pytest.mark.parametrize("container", ["mov", "matroska", "flv", "mpegts"])
def test_what_is_h264_already_is_wrapped_anew_with_the_same_packets(container):
    data = film_samples.film(container, "libx264", "aac")

    made = converted(data)

    assert (made.format.puid, made.conversion.tool) == ("fmt/199", "av")
    assert str(converting.DONE_TO_FILMS[films.WRAPPED]) in made.conversion.comment
    assert film_samples.contents(made.data)[0] == ["h264", "aac"]


def test_a_telephone_held_sideways_gives_an_upright_film():
    data = film_samples.held_sideways(film_samples.film("mp4", "libx265"))

    made = converted(data)

    assert film_samples.corners(made.data) == [True, True, False, False]


@pytest.mark.parametrize(("container", "coding"), [("aiff", "pcm_s16be"), ("ipod", "alac"), ("wav", "pcm_s16le")])
def test_sound_loses_nothing(container, coding):
    data = film_samples.film(container, sound=coding)

    made = converted(data)

    assert made.format.puid == ("fmt/141" if container == "wav" else "fmt/279")
    assert film_samples.samples_of(made.data) == film_samples.samples_of(data)


@pytest.mark.parametrize(
    ("container", "coding"), [("ogg", "libopus"), ("amr", "libopencore_amrnb"), ("wav", "adpcm_ms")]
)
def test_coded_sound_becomes_flac(container, coding):
    made = converted(film_samples.film(container, sound=coding), "tale.ogg")

    assert (made.format.puid, made.name, made.is_archive_format) == ("fmt/279", "tale.flac", True)


def test_what_is_right_is_left_alone():
    data = film_samples.film("mp4", "libx264", "aac")

    made = converted(data)

    assert (made.data, made.conversion, made.is_archive_format) == (data, None, True)


def test_the_same_film_gives_the_same_bytes():
    data = film_samples.film("webm", "libvpx", "libopus")

    first = converted(data).data
    confined.films.stop()

    assert converted(data).data == first


def test_a_broken_film_is_left_and_marked():
    data = film_samples.film("webm", "libvpx")[:200]

    made = converted(data)

    assert (made.data, made.conversion, made.is_archive_format) == (data, None, False)


def test_what_takes_too_long_is_left_and_marked_though_its_wrapping_is_right(monkeypatch):
    data = film_samples.film("mp4", "libx265")
    monkeypatch.setattr(converting, "FILM_SECONDS", 0.0)

    made = converted(data)

    assert (made.data, made.conversion, made.is_archive_format) == (data, None, False)


def test_a_film_larger_than_any_screen_is_left_and_marked():
    data = film_samples.film("avi", "mpeg4", size=(4800, 2400))

    made = converted(data)

    assert (made.data, made.conversion, made.is_archive_format) == (data, None, False)


@pytest.mark.parametrize("puid", ["fmt/199", "fmt/573", "fmt/133", "x-fmt/385", "fmt/585", "fmt/946"])
def test_a_list_of_other_files_is_read_by_no_reader(puid, tmp_path):
    (tmp_path / "hemmelig.ts").write_bytes(film_samples.film("mpegts", "libx264"))
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://{tmp_path}/hemmelig.ts\n#EXT-X-ENDLIST\n".encode()

    with pytest.raises(ConfinedFailure):
        confined.films.call(films.judge, playlist, puid)
