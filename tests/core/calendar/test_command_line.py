"""`torg deadline` as an operator sees it."""

import json
import subprocess
import sys

import pytest

from torg.core.calendar.command_line import main

HOURS = {"time_zone": "Europe/Oslo", "holidays": "NO", "week": {"tue": [["08:00", "12:00"], ["13:00", "15:30"]]}}


@pytest.fixture
def calendar(tmp_path):
    path = tmp_path / "hours.json"
    path.write_text(json.dumps(HOURS))
    return str(path)


def test_the_answer_for_programs_has_due_used_and_intervals(calendar, capsys):
    status = main(["--calendar", calendar, "--start", "2026-03-10T11:30+01:00", "--within", "1h", "--json"])

    assert status == 0
    assert json.loads(capsys.readouterr().out) == {
        "due": "2026-03-10T12:30:00Z",
        "used_seconds": 3600,
        "intervals": [
            ["2026-03-10T10:30:00Z", "2026-03-10T11:00:00Z"],
            ["2026-03-10T12:00:00Z", "2026-03-10T12:30:00Z"],
        ],
    }


def test_pauses_are_repeated_and_read_in_the_calendars_zone(calendar, capsys):
    pauses = ["--pause", "2026-03-10T08:00/2026-03-10T09:00", "--pause", "2026-03-10T09:30/2026-03-10T10:00"]

    main(["--calendar", calendar, "--start", "2026-03-10T08:00", "--within", "1h", *pauses, "--json"])

    assert json.loads(capsys.readouterr().out)["due"] == "2026-03-10T09:30:00Z"


def test_the_answer_for_people_is_in_local_time(calendar, capsys):
    main(["--calendar", calendar, "--start", "2026-03-10T10:00", "--within", "1h"])

    assert "Due Tue 2026-03-10 11:00:00 CET" in capsys.readouterr().out


def test_a_span_of_nothing_is_no_clock(calendar, capsys):
    assert main(["--calendar", calendar, "--start", "2026-03-10T10:00", "--within", "0m", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        pytest.param({"--start": "i morgen"}, "is not a time such as", id="start"),
        pytest.param({"--start": "0001-01-01T00:00Z"}, "outside the years", id="start-out-of-time"),
        pytest.param({"--within": "-1h"}, "cannot be negative", id="negative"),
        pytest.param({"--within": "two hours"}, "is not a span", id="span"),
        pytest.param({"--pause": "2026-03-10T10:00"}, "is not a pause", id="half-a-pause"),
        pytest.param({"--calendar": "/nowhere.json"}, "Cannot read /nowhere.json", id="no-file"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(calendar, capsys, change, sentence):
    asked = {"--calendar": calendar, "--start": "2026-03-10T10:00", "--within": "1h", **change}

    status = main([word for pair in asked.items() for word in pair])

    said = capsys.readouterr().err
    assert status == 1
    assert sentence in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("{", "is not JSON", id="not-json"),
        pytest.param('{"time_zone": "UTC", "week": {"mon": [], "mon": []}}', "names “mon” twice", id="named-twice"),
        pytest.param('{"time_zone": "UTC", "week": {}}', "no open hours at all", id="never-open"),
    ],
)
def test_a_bad_calendar_file_is_refused(tmp_path, capsys, text, sentence):
    path = tmp_path / "hours.json"
    path.write_text(text)

    assert main(["--calendar", str(path), "--start", "2026-03-10T10:00", "--within", "1h"]) == 1
    assert sentence in capsys.readouterr().err


def test_the_word_starts_without_django(calendar):
    program = (
        "import sys; from torg.core.calendar.command_line import main;"
        f"main(['--calendar', {calendar!r}, '--start', '2026-03-10T10:00', '--within', '1h']);"
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
