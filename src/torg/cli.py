"""The product's own command line: thin, each word calls one thing."""

import pkgutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the command line.

    `runs` is the dotted path of a function that takes the arguments after the word and returns the exit status.
    """

    runs: str
    says: str


WORDS = {
    "replay": Word("torg.channels.replay:main", "show what a stored delivery means"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the word given; returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    word = WORDS.get(given[0]) if given else None
    if word is None:
        sys.stderr.write("".join(f"torg {name:<14}{word.says}\n" for name, word in sorted(WORDS.items())))
        return 2
    status: int = pkgutil.resolve_name(word.runs)(given[1:])
    return status
