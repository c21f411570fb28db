"""Copies follow the database, and stay when it is gone."""

import errno
import os
import resource
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from tests.site.test_pages import ask, django
from torg.config.processes.postgres import SUPERUSER
from torg.core.actors import Operator
from torg.people.models import Municipality
from torg.site import commands, publication, queries
from torg.site.freshness import Freshness
from torg.site.models import SiteCopy, SitePage
from torg.site.pages import StoredPages

BY = Operator("drift")
COLD_START = """
import asyncio, os, pathlib, sys, django
django.setup()
from torg.site.freshness import Freshness
from torg.site.pages import StoredPages
site = StoredPages(pathlib.Path(sys.argv[1]))
Freshness(site).start()
told = []
async def tell(message):
    told.append(message)
asyncio.run(site({"type": "http", "method": "GET", "path": "/", "headers": []}, None, tell))
name = "Nordvik kommune" if "Nordvik kommune".encode() in told[1]["body"] else "another page"
# In one piece: another thread writes its log to the same place.
sys.stdout.write(f"{told[0]['status']} {name}\\n")
sys.stdout.flush()
# That thread would be cut off in the middle of a line, and take the interpreter with it.
os._exit(0)
"""


@pytest.fixture
def published(db, at):
    Municipality.objects.create(id=1, name="Nordvik kommune", is_set_up=True)
    publication.publish_skeleton(by=BY, at=at)


def served(folder):
    return StoredPages(folder, then=django)


def test_a_new_server_takes_every_page(published, tmp_path, at):
    site = served(tmp_path)

    Freshness(site).refresh(at=at)

    assert set(site.pages) == set(SitePage.objects.values_list("path", flat=True))
    assert SiteCopy.objects.get().version == queries.newest_version()


def test_a_cold_start_while_postgresql_is_stopped_serves_the_front_page(published, tmp_path, at):
    Freshness(served(tmp_path)).refresh(at=at)

    # A new process, with nothing but the folder: where its database should be, nobody answers.
    surroundings = {**os.environ, "DATABASE_URL": f"postgresql://torg_app@/torg?host={tmp_path}"}
    told = subprocess.run(
        [sys.executable, "-c", COLD_START, tmp_path], env=surroundings, capture_output=True, text=True, check=True
    )

    assert "200 Nordvik kommune" in told.stdout


def test_a_withdrawn_page_is_gone_from_memory_and_disk(published, tmp_path, at):
    site = served(tmp_path)
    freshness = Freshness(site)
    freshness.refresh(at=at)
    withdrawn = commands.withdraw_page(path="/regler/", by=BY, at=at)

    freshness.refresh(at=at)

    assert ask(site, "/regler/")[0] == 299
    assert ask(served(tmp_path), "/regler/")[0] == 299
    assert queries.is_gone(withdrawn)


def test_a_page_withdrawn_while_the_server_was_down_is_gone_when_it_comes_back(published, tmp_path, at):
    Freshness(served(tmp_path)).refresh(at=at)
    commands.withdraw_page(path="/regler/", by=BY, at=at)
    site = served(tmp_path)

    Freshness(site).refresh(at=at)

    assert "/regler/" not in site.pages


def test_the_report_of_a_process_that_died_is_cleared_away(published, tmp_path, at):
    Freshness(served(tmp_path)).refresh(at=at)
    mine = SiteCopy.objects.get()
    SiteCopy.objects.create(host=mine.host, process=2**22 + 1, version=0, seen_at=at)

    Freshness(served(tmp_path)).refresh(at=at)

    assert list(SiteCopy.objects.all()) == [mine]


def test_a_change_reaches_a_running_server_by_itself(fresh_database, tmp_path, at):
    Municipality.objects.create(id=1, name="Nordvik kommune", is_set_up=True)
    site = served(tmp_path)
    freshness = Freshness(site)
    freshness.start()
    wait_until(lambda: SiteCopy.objects.exists())

    publication.publish_skeleton(by=BY, at=at)

    wait_until(lambda: "/regler/" in site.pages)
    freshness.stop()
    connection.close()
    assert ask(site, "/regler/")[0] == 200
    assert not SiteCopy.objects.exists()


def test_a_running_server_comes_back_when_the_database_has_cut_it_off(fresh_database, postgres, tmp_path, at):
    Municipality.objects.create(id=1, name="Nordvik kommune", is_set_up=True)
    site = served(tmp_path)
    freshness = Freshness(site, retry_after=0.01)
    freshness.start()
    wait_until(lambda: SiteCopy.objects.exists())
    connection.close()

    with psycopg.connect(postgres.dsn("postgres", role=SUPERUSER), autocommit=True) as superuser:
        mine = [connection.settings_dict["NAME"]]
        superuser.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", mine)
    publication.publish_skeleton(by=BY, at=at)

    wait_until(lambda: "/regler/" in site.pages)
    freshness.stop()
    connection.close()


def test_a_running_server_goes_on_when_the_disk_has_room_again_whatever_number_its_handles_have(
    fresh_database, tmp_path, at
):
    Municipality.objects.create(id=1, name="Nordvik kommune", is_set_up=True)
    publication.publish_skeleton(by=BY, at=at)
    site, full = served(tmp_path), threading.Event()
    keep = site.copies.put

    def put(copy):
        if not full.is_set():
            full.set()
            raise OSError(errno.ENOSPC, "no room")
        keep(copy)

    site.copies.put = put
    freshness = Freshness(site, retry_after=0.01)
    with many_handles():
        freshness.start()
        wait_until(lambda: SiteCopy.objects.exists())
        commands.withdraw_page(path="/regler/", by=BY, at=at)

        wait_until(lambda: site.pages and "/regler/" not in site.pages)
        freshness.stop()
    connection.close()


@contextmanager
def many_handles():
    """So that the next handle has a number above 1023."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2048), hard))
    taken = [os.dup(0) for _ in range(1024)]
    try:
        yield
    finally:
        for handle in taken:
            os.close(handle)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def wait_until(condition, seconds=15):
    given_up_at = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < given_up_at, "it did not happen"
        threading.Event().wait(0.02)
