"""What `torg up` plans and tells before anything is started."""

import socket

import pytest

from torg.config.processes import up
from torg.config.processes.folder_lock import FolderLock
from torg.config.processes.supervisor import PartProblem


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("TORG_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("TORG_ADDRESS", raising=False)
    return tmp_path


def names_of(plan):
    stages, _welcome = up.prepare(plan)
    return [[part.name for part in stage] for stage in stages]


def test_a_busy_port_is_told_with_another_to_try(data):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(PartProblem, match=f"uses port {port}.*--port {port + 10}"):
            up.check_ports(up.read_plan(["--empty", "--port", str(port)]))


def test_a_second_start_leaves_the_first_alone(data, capsys):
    holder = FolderLock(data)
    holder.take(address="http://localhost:8000")

    status = up.main(["--port", "8999"])

    assert status == 0
    assert "already runs on this data folder, at http://localhost:8000" in capsys.readouterr().out


def test_an_empty_start_has_no_stand_in_and_no_demonstration(data):
    plan = up.read_plan(["--empty", "--port", "8123"])

    assert names_of(plan) == [["PostgreSQL"], ["Migration"], ["First person"], ["Web", "Worker 1", "Worker 2"]]
    assert "TORG_STAND_IN" not in up.surrounding(plan)


def test_the_usual_start_has_the_stand_in_up_before_anything_is_served(data):
    plan = up.read_plan([])

    names = names_of(plan)
    assert names.index(["Facebook stand-in"]) < names.index(["Demonstration data"]) < len(names) - 1
    assert up.surrounding(plan)["TORG_STAND_IN"] == "http://127.0.0.1:8001"


def test_a_given_database_starts_none_of_our_own(data, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://torg@db/torg")

    plan = up.read_plan(["--empty"])

    assert ["PostgreSQL"] not in names_of(plan)
    assert up.surrounding(plan)["DATABASE_URL"] == "postgresql://torg@db/torg"


def test_the_frame_is_as_wide_as_its_longest_line():
    lines = up.framed(["short", "a longer line"]).splitlines()

    assert len({len(line) for line in lines}) == 1
