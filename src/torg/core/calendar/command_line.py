"""`torg deadline`: when a span of working time has passed, computed from a calendar in a file."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from torg.core.calendar.moments import Period
from torg.core.calendar.problems import CalendarProblem
from torg.core.calendar.spans import parse_span
from torg.core.calendar.working import Due, WorkingCalendar


def main(arguments: Sequence[str]) -> int:
    """Print the due time; returns 1, with one sentence on standard error, when something is wrong."""
    asked = _parser().parse_args(_with_values(arguments))
    try:
        calendar = WorkingCalendar.from_json(_definition(asked.calendar))
        start = calendar.read_moment(asked.start)
        pauses = [_pause(text, calendar) for text in asked.pause]
        span = parse_span(asked.within)
        answer = None if span.is_none else calendar.due(start, span, pauses=pauses)
    except CalendarProblem as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    sys.stdout.write(_as_json(answer) if asked.json else _as_text(answer, calendar))
    return 0


def _with_values(arguments: Sequence[str]) -> list[str]:
    """`--within -1h` as `--within=-1h`, which argparse takes for a value and our own message can answer."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] in {"--within", "--start", "--pause"} and not argument.startswith("--"):
            joined[-1] += f"={argument}"
        else:
            joined.append(argument)
    return joined


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="torg deadline", description="When a span of working time has passed.")
    parser.add_argument("--calendar", required=True, type=Path, help="JSON file with the hours")
    parser.add_argument("--start", required=True, help="ISO 8601; without an offset, by the calendar's wall clock")
    parser.add_argument("--within", required=True, help="90m, 2h, 1h30m, or 1d for one working day")
    parser.add_argument("--pause", action="append", default=[], metavar="FROM/TO", help="not counted; may be repeated")
    parser.add_argument("--json", action="store_true", help="for programs")
    return parser


def _definition(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_each_once)
    except OSError as error:
        raise CalendarProblem("Cannot read %(path)s: %(why)s.", path=path, why=error.strerror) from error
    except (ValueError, RecursionError) as error:
        raise CalendarProblem("%(path)s is not JSON: %(why)s.", path=path, why=error) from error


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    named = dict(pairs)
    if len(named) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise CalendarProblem("The calendar names “%(name)s” twice.", name=twice)
    return named


def _pause(text: str, calendar: WorkingCalendar) -> Period:
    begins, slash, ends = text.partition("/")
    if not slash:
        raise CalendarProblem("“%(text)s” is not a pause. Write FROM/TO.", text=text)
    return calendar.read_moment(begins), calendar.read_moment(ends)


def _as_json(answer: Due | None) -> str:
    if answer is None:
        return json.dumps({"due": None, "used_seconds": 0, "intervals": []}) + "\n"
    intervals = [[_z(begins), _z(ends)] for begins, ends in answer.intervals]
    return json.dumps({"due": _z(answer.due), "used_seconds": answer.used_seconds, "intervals": intervals}) + "\n"


def _as_text(answer: Due | None, calendar: WorkingCalendar) -> str:
    if answer is None:
        return "No clock runs: the span is zero.\n"
    lines = [f"Due {_local(answer.due, calendar)} ({_z(answer.due)})", "Counted:"]
    lines += [f"  {_local(a, calendar)} to {_local(b, calendar)}" for a, b in answer.intervals]
    hours, rest = divmod(answer.used_seconds, 3600)
    return "\n".join([*lines, f"In all {hours} h {rest // 60} min {rest % 60} s of working time."]) + "\n"


def _local(moment: datetime, calendar: WorkingCalendar) -> str:
    return f"{moment.astimezone(calendar.zone):%a %Y-%m-%d %H:%M:%S %Z}"


def _z(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
