"""The product's own command line: thin, each word calls one thing."""

import sys


def main() -> int:
    """Run the word given; returns the exit status."""
    sys.stderr.write("Say what to do: torg up, torg replay, torg deadline, torg audit verify.\n")
    return 2
