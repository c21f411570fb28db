"""Makes films ready to be shown: which sizes, in what turn, and one at a time on the whole server."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection

from torg.core import jobs
from torg.core.errors import DomainError
from torg.files import commands as files
from torg.media import coding, keeping
from torg.media.models import FilmSize, Medium
from torg.media.types import SizeProblem, SizeState
from torg.records.documents.confined import Confined, ConfinedFailure

# A film of an hour in 1080p takes about as long on two slow cores; what takes six is stuck.
MOST_SECONDS = 6 * 3600.0
LARGEST = 4_000_000_000
# Left free for everything else that the server writes.
ROOM = 1_000_000_000
LOCK = "torg.media.sizes"

_films = Confined(largest_file=LARGEST)


@dataclass(frozen=True, slots=True)
class Made:
    """A film in one size, kept; or why there is none."""

    sha256: str = ""
    size: int = 0
    width: int = 0
    height: int = 0
    problem: SizeProblem | None = None


def ask_for(medium: Medium, *, at: datetime) -> None:
    """Let the film be made in each size that suits it; those that could not be made are tried again."""
    lines = coding.lines_for(medium.width, medium.height)
    medium.sizes.filter(state=SizeState.FAILED).delete()
    FilmSize.objects.bulk_create(
        (FilmSize(medium=medium, lines=one, asked_at=at) for one in lines), ignore_conflicts=True
    )
    jobs.enqueue("media.make_sizes", once="media.make_sizes")


@contextmanager
def alone() -> Iterator[bool]:
    """Whether nobody else makes films now; while this lasts, nobody else begins. A worker that dies lets go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [LOCK])
        is_ours = bool(cursor.fetchone()[0])
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [LOCK])


def next_waiting() -> FilmSize | None:
    """What is to be made next: the small ones first, so that every film can soon be shown. Ask within `alone` only:
    what somebody is said to be making was left by a worker that died.
    """
    waiting = FilmSize.objects.filter(state__in=(SizeState.WAITING, SizeState.MAKING))
    return waiting.select_related("medium").order_by("lines", "id").first()


def make(size: FilmSize, *, at: datetime) -> Made:
    """Make one; takes minutes, and must not be called inside a transaction."""
    FilmSize.objects.filter(pk=size.pk).update(state=SizeState.MAKING, percent=0)
    medium = size.medium
    try:
        source = keeping.place_of(medium.sha256)
        with files.scratch() as target:
            if shutil.disk_usage(target.parent).free < ROOM + medium.size:
                return Made(problem=SizeProblem.NO_ROOM)
            told = _films.call(
                coding.coded,
                *(str(source), str(target), medium.media_type, size.lines),
                seconds=MOST_SECONDS,
                told=lambda done: _note_progress(size, done),
            )
            return _kept(target, told, at=at)
    except ConfinedFailure as failure:
        is_late = isinstance(failure.__cause__, TimeoutError)
        return Made(problem=SizeProblem.TOO_LONG if is_late else SizeProblem.UNREADABLE)
    except (DomainError, OSError):
        return Made(problem=SizeProblem.NO_ROOM if not _has_room() else SizeProblem.UNREADABLE)


def stop() -> None:
    """End the process that makes films."""
    _films.stop()


def _kept(target: Path, told: bytes, *, at: datetime) -> Made:
    file = files.take_over(place=target, claimed_type="video/mp4", at=at)
    return Made(file.sha256, file.size, **json.loads(told))


def _note_progress(size: FilmSize, done: bytes) -> None:
    FilmSize.objects.filter(pk=size.pk).update(percent=int(done))


def _has_room() -> bool:
    with files.scratch() as place:
        return shutil.disk_usage(place.parent).free > ROOM
