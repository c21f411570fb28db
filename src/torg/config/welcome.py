"""`torg welcome`: what a start needs besides a database, in one process, since starting Django takes the time."""

import argparse
import sys

from torg.config import words
from torg.config.demo import command_line as demo
from torg.config.demo import town
from torg.core import clock
from torg.site import publication


def main(arguments: list[str]) -> int:
    """Make what is missing, publish the public pages; say a sign-in link, then who can sign in, a line each.

    Raises EnvironmentProblem when nobody can sign in.
    """
    parser = argparse.ArgumentParser(prog="torg welcome", description="Somebody to sign in, and pages to look at.")
    parser.add_argument("--empty", action="store_true", help="no demonstration: the first information officer only")
    is_empty = parser.parse_args(arguments).empty
    if is_empty:
        words.first_person([])
    else:
        demo.make_once()
    publication.publish_skeleton(by=words.operator(), at=clock.now())
    words.sign_in_link([])
    sys.stdout.write("".join(f"{line}\n" for line in ([] if is_empty else town.cast())))
    return 0
