"""`torg site`: publish what every site begins with, and see which servers have it."""

import argparse
import getpass
import sys
from collections.abc import Sequence
from uuid import UUID

from torg.core import clock
from torg.core.actors import Operator
from torg.site import commands, publication, queries


def main(arguments: Sequence[str]) -> int:
    """Run `publish`, `withdraw PATH`, `status` or `forget ID`; returns the exit status."""
    asked = _parser().parse_args(arguments)
    by, at = Operator(getpass.getuser()), clock.now()
    if asked.word == "publish":
        _say([f"published {path}" for path in publication.publish_skeleton(by=by, at=at)])
    elif asked.word == "withdraw":
        page = commands.withdraw_page(path=asked.path, by=by, at=at)
        _say([f"{page.path} is withdrawn; `torg site status` says when every copy is gone."])
    elif asked.word == "forget":
        commands.forget_copy(copy_id=asked.copy, by=by, at=at)
    else:
        _say(_status())
    return 0


def _status() -> list[str]:
    newest = queries.newest_version()
    behind = [
        f"behind: {copy} at change {copy.version}, heard from at {copy.seen_at:%Y-%m-%d %H:%M} UTC ({copy.public_id})"
        for copy in queries.copies_behind(newest)
    ]
    return [f"The site's last change is number {newest}.", *(behind or ["Every server shows it."])]


def _say(lines: Sequence[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="torg site", description="The public web site.")
    words = parser.add_subparsers(dest="word", required=True)
    words.add_parser("publish", help="draw the pages that every site begins with, and publish what has changed")
    words.add_parser("withdraw", help="take a page away").add_argument("path")
    words.add_parser("status", help="say which servers do not show the last change yet")
    words.add_parser("forget", help="stop waiting for a server that is gone").add_argument("copy", type=UUID)
    return parser
