"""`torg records verify`: hash every stored file again, and say what is broken or missing."""

import argparse
import json
import sys
from dataclasses import asdict

from torg.core import clock
from torg.records import verifying
from torg.records.verifying import Checked


def main(arguments: list[str]) -> int:
    """Run one of the words; returns the exit status, 1 when a file is not as it was stored."""
    given = _parser().parse_args(arguments)
    count, broken = 0, []
    for checked in verifying.verify(at=clock.now()):
        count += 1
        if not checked.is_whole:
            broken.append(checked)
            if not given.json:
                sys.stdout.write(f"{_sentence(checked)}\n")
    if given.json:
        sys.stdout.write(json.dumps({"files": count, "broken": list(map(asdict, broken))}) + "\n")
    else:
        sys.stdout.write(f"{count} files looked at, {len(broken)} not in order.\n")
    return 1 if broken else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="torg records", description="The archive's files.")
    words = parser.add_subparsers(dest="word", required=True)
    verify = words.add_parser("verify", help="hash every stored file again, and find what is missing")
    verify.add_argument("--json", action="store_true", help="one JSON object instead of sentences")
    return parser


def _sentence(checked: Checked) -> str:
    needed = f"; needed by {', '.join(checked.needed_by)}" if checked.needed_by else ""
    return f"{checked.state.lower().replace('_', ' ')}: {checked.sha256}{needed}"
