"""What is published holds the picture and nothing else."""

import io

import pytest
from PIL import Image

from tests.media import films, pictures
from torg.media import commands, copies
from torg.media.types import Shape

SQUARE = Shape("square", 20, 20)


@pytest.mark.strategy("A1")
@pytest.mark.parametrize("data", [pictures.jpeg(), pictures.png(), pictures.webp()], ids=["JPEG", "PNG", "WebP"])
def test_a_published_copy_tells_neither_place_nor_camera_nor_text(library, data):
    medium = library.added(data)
    assert medium.hidden_data

    made = copies.published_copy(medium, shape=SQUARE)

    opened = Image.open(io.BytesIO(made.data))
    assert len(opened.getexif()) == 0
    assert not opened.info.keys() & {"exif", "xmp", "comment", "icc_profile"}
    assert not getattr(opened, "text", {})
    for part in (b"Exif", b"xmp", b"tEXt", b"iTXt", b"eXIf", pictures.SECRET.encode()):
        assert part not in made.data
    assert copies.published_copy(medium, shape=SQUARE) == made


def test_a_copy_is_upright_and_cut_round_the_focus(library):
    medium = library.added(pictures.jpeg(60, 40, orientation=6))
    assert (medium.width, medium.height) == (40, 60)
    assert medium.hidden_data == ["CAMERA", "POSITION", "TEXT"]

    commands.choose_focus(medium_id=medium.public_id, x=500, y=0, by=library.by, at=library.at)
    medium.refresh_from_db()
    top = copies.published_copy(medium, shape=SQUARE)
    commands.choose_focus(medium_id=medium.public_id, x=500, y=1000, by=library.by, at=library.at, shape="square")
    medium.refresh_from_db()
    bottom = copies.published_copy(medium, shape=SQUARE)
    other = copies.published_copy(medium, shape=Shape("other", 20, 20))

    assert (top.width, top.height) == (20, 20)
    assert reddest(top) == "red"
    assert reddest(bottom) == "blue"
    assert other == top


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        *((films.sound(media_type), media_type) for media_type in films.SOUNDS),
        (films.sound("audio/mpeg") + films.APE_TAG, "audio/mpeg"),
    ],
    ids=[*films.SOUNDS, "MP3 with a tag at its end"],
)
def test_sound_is_published_whole_without_what_it_told(library, data, media_type):
    medium = library.added(data, text="God dag.")
    assert films.SECRET.encode() in data

    made = copies.published_copy(medium, shape=SQUARE)

    assert made.media_type == media_type == medium.media_type
    assert films.SECRET.encode() not in made.data and films.POSITION.encode() not in made.data
    assert films.packets(made.data) == films.packets(data)
    assert copies.published_copy(medium, shape=SQUARE) == made


def reddest(made) -> str:
    red, _green, blue = Image.open(io.BytesIO(made.data)).convert("RGB").getpixel((10, 10))
    return "red" if red > blue else "blue"
