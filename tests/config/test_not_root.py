"""PostgreSQL refuses root; root becomes someone else in one of two ways."""

import os

import pytest

from torg.config.processes import not_root

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become someone else")


@pytest.fixture
def root(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)


def test_an_ordinary_user_stays_who_they_are(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    assert not_root.way(tmp_path) == not_root.Way()


def test_where_namespaces_are_refused_root_becomes_nobody(root, monkeypatch, tmp_path):
    monkeypatch.setattr(not_root, "works", lambda prefix: prefix[0] == "setpriv")

    way = not_root.way(tmp_path)

    assert (way.prefix[0], way.owner) == ("setpriv", not_root.NOBODY)


def test_without_any_way_there_is_none(root, monkeypatch, tmp_path):
    monkeypatch.setattr(not_root, "works", lambda prefix: False)

    assert not_root.way(tmp_path) is None


@only_root
def test_data_that_nobody_owns_already_stays_nobodys(monkeypatch, tmp_path):
    monkeypatch.setattr(not_root, "works", lambda prefix: True)
    os.chown(tmp_path, not_root.NOBODY, not_root.NOBODY)

    assert not_root.way(tmp_path).owner == not_root.NOBODY


@only_root
def test_nobody_passes_a_folder_that_only_root_may_enter(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    program = closed / "program"
    program.write_text("#!/bin/sh\nid -u\n")
    program.chmod(0o700)

    said = os.popen(" ".join([*not_root.AS_NOBODY, str(program)])).read()

    assert said == f"{not_root.NOBODY}\n"
