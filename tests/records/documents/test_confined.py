"""What breaks in the confined process breaks nothing here."""

import os
import time
from pathlib import Path

import pytest

from torg.records.documents.confined import Confined, ConfinedFailure


def echo(data):
    return data


def wait(seconds):
    time.sleep(seconds)
    return b""


def fall():
    os._exit(1)


def fill():
    return bytes(bytearray(20_000_000_000))


def count():
    yield b"1"
    yield b"2"
    return b"3"


def write(place):
    Path(place).write_bytes(b"x" * 100_000)
    return b""


@pytest.fixture(scope="module")
def process():
    confined = Confined()
    yield confined
    confined.stop()


@pytest.mark.parametrize(("work", "given"), [(fall, ()), (fill, ()), (len, (b"",))])
def test_work_that_fails_is_told_and_the_next_goes_on(process, work, given):
    with pytest.raises(ConfinedFailure):
        process.call(work, *given)

    assert process.call(echo, b"hei") == b"hei"


def test_work_that_does_not_end_is_ended(process):
    process.call(echo, b"")
    began = time.monotonic()

    with pytest.raises(ConfinedFailure):
        process.call(wait, 30, seconds=0.1)

    assert time.monotonic() - began < 5


def test_what_is_left_unheard_of_one_work_is_never_the_answer_of_the_next(process):
    def cannot_note(_progress):
        raise LookupError("the database is gone")

    with pytest.raises(LookupError):
        process.call(count, told=cannot_note)

    assert process.call(echo, b"hei") == b"hei"


def test_it_may_not_write_files(process, tmp_path):
    with pytest.raises(ConfinedFailure):
        process.call(write, str(tmp_path / "a"))
