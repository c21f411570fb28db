"""`torg triage rerun`: look again at stored items with newer detectors."""

import argparse
import getpass
import sys

from torg import detectors
from torg.core import clock
from torg.core.actors import Operator
from torg.triage import commands as triage


def main(arguments: list[str]) -> int:
    """Run until nothing is outdated; it can be stopped and started again at any time."""
    parser = argparse.ArgumentParser(prog="torg triage", description="What was found in items, and looking again.")
    parser.add_argument("what", choices=["rerun"])
    parser.add_argument("--at-a-time", type=int, default=500)
    asked = parser.parse_args(arguments)
    by, done = Operator(getpass.getuser()), 0
    while count := triage.rerun(by=by, at=clock.now(), limit=max(asked.at_a_time, 1)):
        done += count
        sys.stdout.write(f"{done} items\n")
    sys.stdout.write(f"All items are read by {detectors.VERSION}.\n")
    return 0
