"""What needs no database: crops, contrast, captions, films, and what a file is."""

import json
import struct

import pytest

from tests.media import films, pictures
from torg.core.errors import Invalid
from torg.media import captioning, contrast, filming, kinds, mp4, remuxing
from torg.media.shapes import box_of, size_of
from torg.media.types import Kind, Shape

WIDE, TALL, SQUARE = Shape("wide", 1600, 900), Shape("tall", 1080, 1920), Shape("square", 1080, 1080)
SRT = (
    b"1\r\n00:00:01,000 --> 00:00:03,500\r\n<i>Hei</i> &amp; velkommen\r\n\r\n"
    b"2\r\n00:00:04,000 --> 00:00:06,000\r\nTil torget\r\n"
)


@pytest.mark.parametrize(
    ("size", "shape", "focus", "box"),
    [
        ((4000, 3000), WIDE, (500, 500), (0, 375, 4000, 2250)),
        ((4000, 3000), WIDE, (500, 0), (0, 0, 4000, 2250)),
        ((4000, 3000), WIDE, (500, 1000), (0, 750, 4000, 2250)),
        ((4000, 3000), SQUARE, (900, 500), (1000, 0, 3000, 3000)),
        ((4000, 3000), SQUARE, (300, 500), (0, 0, 3000, 3000)),
        ((4000, 3000), TALL, (500, 500), (1156, 0, 1688, 3000)),
        ((4000, 3000), Shape("free", 1200), (0, 0), (0, 0, 4000, 3000)),
        ((1, 1), WIDE, (500, 500), (0, 0, 1, 1)),
    ],
)
def test_a_crop_is_as_large_as_can_be_with_the_focus_in_it(size, shape, focus, box):
    found = box_of(*size, shape, focus)

    assert found == box
    assert found.left <= size[0] * focus[0] / 1000 <= found.left + found.width
    assert found.top <= size[1] * focus[1] / 1000 <= found.top + found.height


def test_a_small_picture_is_never_blown_up():
    assert size_of(box_of(300, 300, SQUARE, (500, 500)), SQUARE) == (300, 300)
    assert size_of(box_of(4000, 3000, WIDE, (500, 500)), WIDE) == (1600, 900)


def test_contrast_is_counted_as_wcag_counts_it():
    assert contrast.ratio((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast.ratio((255, 255, 255), (118, 118, 118)) == pytest.approx(4.54, abs=0.01)


def test_a_graphic_is_judged_by_the_colour_that_stands_out_most_from_its_background():
    white, grey, black = (255, 255, 255), (200, 200, 200), (0, 0, 0)

    assert contrast.estimate([contrast.Area(white, 0.9), contrast.Area(grey, 0.1)]) < 2
    assert contrast.estimate([contrast.Area(white, 0.8), contrast.Area(grey, 0.1), contrast.Area(black, 0.1)]) > 20
    assert contrast.estimate([contrast.Area(white, 0.995), contrast.Area(black, 0.005)]) is None


def test_captions_are_read_and_written_as_webvtt_without_markup():
    cues = captioning.read(SRT)

    assert captioning.as_vtt(cues) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:03.500\nHei &amp; velkommen\n\n00:00:04.000 --> 00:00:06.000\nTil torget\n"
    )
    assert captioning.read(captioning.as_vtt(cues).encode()) == cues
    assert captioning.remarks(cues) == []


def test_what_ends_a_caption_or_cannot_be_stored_is_no_part_of_its_words():
    hostile = b"00:01.000 --> 00:02.000\nHei&#10;&#10;00:03.000 --&gt; 00:04.000\nder\x00ute\n"

    cues = captioning.read(hostile)

    assert [cue.text for cue in cues] == ["Hei 00:03.000 --> 00:04.000\nder\ufffdute"]
    assert captioning.read(captioning.as_vtt(cues).encode()) == cues


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Bare tekst",
        "Blåbær".encode("latin-1"),
        b"00:00:03,000 --> 00:00:01,000\nBaklengs",
        b"00:00:05,000 --> 00:00:06,000\nSist\n\n00:00:01,000 --> 00:00:02,000\nForst",
        b"00:00:01,000 --> 00:00:02,000\n\n",
    ],
    ids=["nothing", "no captions", "not UTF-8", "ends first", "wrong order", "empty"],
)
def test_captions_that_cannot_be_are_refused(data):
    with pytest.raises(Invalid):
        captioning.read(data)


def test_captions_that_nobody_can_follow_are_remarked_on():
    hurried = b"00:01.000 --> 00:01.500\n" + b"Dette er alt for mye tekst til at noen rekker a lese den"

    assert len(captioning.remarks(captioning.read(hurried))) == 2


def test_a_film_loses_place_telephone_and_time_and_keeps_its_length():
    original = pictures.film()

    made = mp4.stripped(original)

    assert len(made) == len(original)
    assert pictures.POSITION not in made
    assert pictures.SECRET.encode() not in made
    assert (3_900_000_000).to_bytes(4) not in made
    assert b"FILM" in made
    assert mp4.stripped(made) == made


def test_a_film_that_says_it_lasts_for_years_is_of_unknown_length(tmp_path):
    made = bytearray(films.film())
    # Matroska's Duration, eight bytes long, in milliseconds.
    place = made.index(b"\x44\x89\x88") + 3
    made[place : place + 8] = struct.pack(">d", 1e13)

    (tmp_path / "film").write_bytes(made)

    told = json.loads(filming.examined(str(tmp_path / "film"), "video/webm").partition(b"\n")[0])

    assert told["seconds"] is None and told["width"] == films.WIDTH


def test_comments_in_the_headers_of_vorbis_go_too():
    about, setup = b"\x01vorbis" + bytes(23), b"\x05vorbis" + bytes(300)
    comment = b"\x03vorbis" + b"LOCATION=59.9139" * 20
    headers = b"\x02" + bytes([len(about), 255, len(comment) - 255]) + about + comment + setup

    made = remuxing.without_comment(headers)

    assert made == b"\x02" + bytes([len(about), 16]) + about + remuxing.EMPTY_COMMENT + setup
    assert remuxing.without_comment(made) == made
    with pytest.raises(ValueError, match="another"):
        remuxing.without_comment(b"\x02\x01\x01" + setup)


@pytest.mark.parametrize(
    "data",
    [b"", b"no film", pictures.film()[:-3], pictures.film(kind=b"camm"), pictures.box(b"ftyp", b"isom")],
    ids=["nothing", "text", "cut off", "trail of positions", "no moov"],
)
def test_a_film_that_we_cannot_judge_is_not_passed_off_as_stripped(data):
    with pytest.raises(mp4.NotStripped):
        mp4.stripped(data)


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"\0\0\0\x18ftypM4A ", "audio/mp4"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\x1a\x45\xdf\xa3", "video/webm"),
    ],
)
def test_what_a_file_is_its_bytes_say(data, media_type):
    assert kinds.media_type_of(data) == media_type


@pytest.mark.parametrize("media_type", ["image/svg+xml", "application/pdf", "text/html", "image/tiff"])
def test_what_the_library_does_not_take_is_refused_with_a_way_out(media_type):
    with pytest.raises(Invalid):
        kinds.kind_of(media_type, is_graphic=False)

    assert kinds.kind_of("image/png", is_graphic=True) == Kind.GRAPHIC
