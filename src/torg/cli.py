"""The product's own command line: thin, each word calls one thing."""

import os
import pkgutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from torg.config import memory
from torg.config.env import EnvironmentProblem
from torg.config.processes import surroundings
from torg.core.errors import DomainError


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the command line.

    `runs` is the dotted path of a function that takes the arguments after the word and returns the exit status.
    """

    runs: str
    says: str
    needs_django: bool = False
    as_owner: bool = False


WORDS = {
    "up": Word("torg.config.processes.up:main", "start everything on this machine; Ctrl-C stops it"),
    "web": Word("torg.config.processes.web:main", "serve pages, webhooks and the live stream", needs_django=True),
    "worker": Word("torg.config.processes.worker:main", "run jobs and take in what has arrived", needs_django=True),
    "prepare": Word("torg.config.words:prepare", "migrate, partitions and static", needs_django=True, as_owner=True),
    "migrate": Word("torg.config.words:migrate", "bring the database up to date", needs_django=True, as_owner=True),
    "partitions": Word(
        "torg.config.retention:partitions",
        "make room for coming months, or detach old ones",
        needs_django=True,
        as_owner=True,
    ),
    "static": Word("torg.config.words:static", "gather style sheets, scripts and fonts", needs_django=True),
    "replay": Word("torg.channels.replay:main", "show what a stored delivery means"),
    "audit": Word("torg.audit.command_line:main", "verify, seal, export or stamp the log", needs_django=True),
    "noark": Word("torg.noark.command_line:main", "check a deposit, validate a file, install the official schemas"),
    "deadline": Word("torg.core.calendar.command_line:main", "say when a span of working time has passed"),
    "records": Word("torg.records.command_line:main", "verify, deposit, plan: the archive", needs_django=True),
    "triage": Word("torg.triage.command_line:main", "rerun: look again with newer detectors", needs_django=True),
    "employees": Word("torg.people.command_line:main", "hand in a list of employees (CSV)", needs_django=True),
    "duties": Word("torg.oversight.command_line:main", "how the duties of every page stand", needs_django=True),
    "demo": Word("torg.config.demo.command_line:main", "make the demonstration: an invented municipality", True),
    "welcome": Word("torg.config.welcome:main", "what a first start needs: somebody, pages, a link", needs_django=True),
    "check-config": Word("torg.config.words:check_config", "say what is wrong with the settings", needs_django=True),
    "sign-in-link": Word("torg.config.words:sign_in_link", "print a one-time link for somebody", needs_django=True),
    "first-person": Word("torg.config.words:first_person", "add the first who can sign in", needs_django=True),
    "channels": Word(
        "torg.config.channel_words:main", "list, check, replay-failed, import-history, connect", needs_django=True
    ),
    "site": Word(
        "torg.site.command_line:main", "publish the public site, and see which servers show it", needs_django=True
    ),
    "strategy": Word("torg.config.strategy_word:main", "how each clause of the strategy stands, with live figures"),
    "secrets": Word("torg.config.words:secrets", "rotate: encrypt again with the newest key", needs_django=True),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the word given; returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in {"help", "--help", "-h"}:
        sys.stdout.write(overview())
        return 0 if given else 2
    word = WORDS.get(given[0])
    if word is None:
        sys.stderr.write(f"There is no word “{given[0]}”.\n\n{overview()}")
        return 2
    try:
        return run(word, given[1:])
    except (DomainError, EnvironmentProblem) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1


def run(word: Word, arguments: list[str]) -> int:
    """Run one word, with what it needs made ready first."""
    if word.needs_django:
        # Only for these: what reads a file or a calendar must work without a database and without settings.
        surroundings.complete(os.environ, as_owner=word.as_owner)
        import django

        django.setup()
    function: Callable[[list[str]], int] = pkgutil.resolve_name(word.runs)
    if word.needs_django:
        memory.settle()
    return answering(function, arguments) if word.needs_django else function(arguments)


def answering(function: Callable[[list[str]], int], arguments: list[str]) -> int:
    """Run a word that asks the database. Raises EnvironmentProblem when the database does not answer."""
    from django.db import OperationalError

    try:
        return function(arguments)
    except OperationalError as error:
        said = str(error).splitlines()[0]
        raise EnvironmentProblem(
            f"The database does not answer. Start Torg with ./torg up, or look at DATABASE_URL. It said: {said}"
        ) from error


def overview() -> str:
    """Every word with what it does."""
    width = max(map(len, WORDS))
    lines = [f"  torg {name:<{width}}  {word.says}" for name, word in WORDS.items()]
    return "\n".join(["Torg runs a public body's social media by its own strategy and by law.", "", *lines, ""])


if __name__ == "__main__":
    raise SystemExit(main())
