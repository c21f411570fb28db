"""The folder of PostgreSQL's socket lies where everybody may write: nobody may have been there before us."""

import pytest

from torg.config.processes.postgres import PostgresProblem, PrivatePostgres


@pytest.fixture
def private(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    return PrivatePostgres(tmp_path / "postgres")


def test_our_own_folder_is_taken(private):
    private._make_socket_folder()
    private._make_socket_folder()

    assert private.socket.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_others_may_enter_is_refused(private):
    private.socket.mkdir(parents=True)
    private.socket.chmod(0o777)

    with pytest.raises(PostgresProblem):
        private._make_socket_folder()


def test_a_link_to_another_folder_is_refused(private, tmp_path):
    private.socket.parent.mkdir(parents=True)
    private.socket.symlink_to(tmp_path)

    with pytest.raises(PostgresProblem):
        private._make_socket_folder()
