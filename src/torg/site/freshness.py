"""Keeps this process's copies as the database has them, and says how far they have come."""

import os
import select
import socket
import threading
from collections.abc import Mapping
from datetime import datetime

import psycopg
import structlog
from django.db import DatabaseError, connection

from torg.core import clock
from torg.site import queries
from torg.site.commands import CHANNEL
from torg.site.copies import Copy
from torg.site.models import SiteCopy, SitePage
from torg.site.pages import StoredPages

log = structlog.get_logger(__name__)

# Also without any news, so that a lost notification is made good and others see that we are alive.
LOOK_EVERY = 30.0
RETRY_AFTER = 2.0


class Freshness:
    """Follows the site's changes in a thread of its own until `stop()`.

    Args:
        site: whose pages are kept.
        retry_after: seconds from losing the database to asking it again.
    """

    def __init__(self, site: StoredPages, *, retry_after: float = RETRY_AFTER) -> None:
        self._site = site
        self._retry_after = retry_after
        self._version = 0
        self._stopped = threading.Event()
        self._alarm, self._alarmed = socket.socketpair()
        self._thread = threading.Thread(target=self._follow, name="site-copies", daemon=True)

    def start(self) -> None:
        """Begin; what is on the disk is served meanwhile."""
        self._thread.start()

    def stop(self) -> None:
        """End, and take back what this process has said of itself."""
        self._stopped.set()
        self._alarm.send(b"!")
        self._thread.join(LOOK_EVERY)

    def refresh(self, *, at: datetime) -> int:
        """Take what has changed, then report; returns the version that is served now."""
        newest = queries.newest_version()
        # The first time, and when the database has gone back to an older state, nothing on the disk is trusted.
        goes_on = 0 < self._version <= newest
        pages = dict(self._site.pages) if goes_on else {}
        on_disk = dict(pages) if goes_on else self._site.copies.load()
        changed: list[Copy] = []
        for page in queries.changed_since(self._version if goes_on else 0):
            if page.withdrawn_at is None:
                pages[page.path] = self._take(copy_of(page), on_disk, changed)
            else:
                pages.pop(page.path, None)
        self._site.show(pages)
        for path in on_disk.keys() - pages.keys():
            self._site.copies.remove(path)
        for copy in changed:
            self._site.copies.put(copy)
        self._version = newest
        report(newest, at=at)
        return newest

    def _take(self, copy: Copy, on_disk: Mapping[str, Copy], changed: list[Copy]) -> Copy:
        """The copy as it is kept in memory; it is served before it is on disk, but for pictures, served from there."""
        light = copy.without_bytes()
        if on_disk.get(copy.path) != light:
            if light.is_on_disk:
                self._site.copies.put(copy)
            else:
                changed.append(copy)
        return light

    def _follow(self) -> None:
        while not self._stopped.is_set():
            try:
                self._listen()
            # What is read past Django, the notifications, fails with the driver's own errors.
            except (DatabaseError, psycopg.Error) as error:
                log.warning("site.copies.database_away", error=type(error).__name__)
            # A full disk may be emptied: without this thread old pages would be served for ever.
            except OSError as error:
                log.warning("site.copies.disk_refuses", error=type(error).__name__)
            finally:
                connection.close()
            self._stopped.wait(self._retry_after)

    def _listen(self) -> None:
        # Listen before looking, so that a change in between is not missed.
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        while not self._stopped.is_set():
            self.refresh(at=clock.now())
            self._wait()
        withdraw_report()

    def _wait(self) -> None:
        listening = connection.connection
        if not any(listening.notifies(timeout=0)):
            # Not `select`, which takes no handle above 1023, and a busy process has as many.
            either = select.poll()
            for each in (listening, self._alarmed):
                either.register(each, select.POLLIN)
            either.poll(LOOK_EVERY * 1000)
            any(listening.notifies(timeout=0))


def copy_of(page: SitePage) -> Copy:
    """The row as it is kept on disk."""
    body, compressed = bytes(page.body), bytes(page.compressed)
    return Copy(page.path, page.etag, page.media_type, page.version, body, compressed, page.frame_ancestors).of_file(
        page.file_sha256, page.file_size
    )


def report(version: int, *, at: datetime) -> None:
    """Say how far this process has come, and clear away what processes of this machine left when they died."""
    host = socket.gethostname()
    SiteCopy.objects.update_or_create(host=host, process=os.getpid(), defaults={"version": version, "seen_at": at})
    dead = [copy.pk for copy in SiteCopy.objects.filter(host=host) if not is_alive(copy.process)]
    SiteCopy.objects.filter(pk__in=dead).delete()


def withdraw_report() -> None:
    """This process serves nothing any more."""
    SiteCopy.objects.filter(host=socket.gethostname(), process=os.getpid()).delete()


def is_alive(process: int) -> bool:
    """Whether a process of this machine runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
