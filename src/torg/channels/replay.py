"""What a stored delivery means: `torg replay FILE… --channel facebook [--json]`; needs no database and no settings."""

import argparse
import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from pathlib import Path

from torg.connectors.board import OWN_SITE
from torg.connectors.channels.facebook.intake import FacebookIntake
from torg.connectors.channels.ownsite.intake import OwnSiteIntake
from torg.connectors.contract import InboundEvent, Intake, Unreadable

_INTAKES: Mapping[str, Intake] = {"facebook": FacebookIntake(), OWN_SITE: OwnSiteIntake()}
_COLUMNS = ("occurred_at", "kind", "verb", "external_id", "author_name", "text")
_WIDTHS = (20, 12, 20, 36, 20, 60)


def main(arguments: Sequence[str]) -> int:
    """Print the events of each file; 0 when every file could be read, 1 when one could not, 2 for wrong words."""
    try:
        given = _words().parse_args(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    # A Norwegian æ must come out whatever the terminal's language says.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    show = _as_json if given.json else _as_table
    unreadable = 0
    for path in map(Path, given.files):
        try:
            show(read(path, channel=given.channel))
        except (OSError, Unreadable) as problem:
            sys.stderr.write(f"{path}: {_told(problem)}.\n")
            unreadable += 1
    return 1 if unreadable else 0


def read(path: Path, *, channel: str) -> Iterator[InboundEvent]:
    """The events of one stored delivery; raises OSError, or Unreadable for what is not a JSON object."""
    return _INTAKES[channel].parse(path.read_bytes())


def as_line(event: InboundEvent) -> dict[str, object]:
    """The event in the words of the command's output; times end in Z."""
    at = event.occurred_at
    return {
        "kind": str(event.kind),
        "verb": event.verb,
        "external_id": event.external_id,
        "parent_id": event.parent_id,
        "post_id": event.post_id,
        "author_id": event.author_id,
        "author_name": event.author_name,
        "text": event.text,
        "attachments": len(event.attachments),
        "own": event.own,
        "occurred_at": at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None,
        "account_id": event.account_id,
    }


def _words() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="torg replay", description="Show what stored deliveries mean.")
    parser.add_argument("files", nargs="+", metavar="FILE", help="a delivery as the platform sent it")
    parser.add_argument("--channel", choices=sorted(_INTAKES), default="facebook", help="which platform sent it")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for other programs")
    return parser


def _as_json(events: Iterable[InboundEvent]) -> None:
    for event in events:
        sys.stdout.write(json.dumps(as_line(event), ensure_ascii=False) + "\n")


def _as_table(events: Iterable[InboundEvent]) -> None:
    sys.stdout.write(_row(_COLUMNS))
    for event in events:
        line = as_line(event)
        sys.stdout.write(_row([_cell(line[column]) for column in _COLUMNS]))


def _row(cells: Sequence[str]) -> str:
    fitted = (cell[: width - 1].ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True))
    return "".join(fitted).rstrip() + "\n"


def _cell(value: object) -> str:
    """One line without control or direction marks: hostile text must not move the operator's cursor."""
    text = "–" if value is None else str(value)
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _told(problem: Exception) -> str:
    if isinstance(problem, FileNotFoundError):
        return "there is no such file"
    if isinstance(problem, OSError):
        return f"cannot be read ({problem.strerror})"
    return str(problem)
