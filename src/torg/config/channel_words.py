"""`torg channels`: how each channel is, and what an operator can do about it; keys are read from the terminal."""

import argparse
import getpass
import sys
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from torg.channels import commands, queries
from torg.channels.credentials import Credentials
from torg.channels.models import Connection, ConnectionState
from torg.channels.types import Account
from torg.core import clock
from torg.core.actors import Operator


def main(arguments: Sequence[str]) -> int:
    """Run one of the words; returns the exit status, 1 when a channel needs somebody."""
    given = _parser().parse_args(arguments)
    words = {"list": _list, "check": _check, "replay-failed": _replay, "import-history": _history, "connect": _connect}
    return words[given.word](given)


def _list(given: argparse.Namespace) -> int:
    return _tell(Connection.objects.select_related("presence").order_by("presence__name", "id"))


def _check(given: argparse.Namespace) -> int:
    running = Connection.objects.exclude(state=ConnectionState.CLOSED).order_by("id")
    chosen = [given.channel] if given.channel else list(running.values_list("public_id", flat=True))
    by, at = _operator(), clock.now()
    return _tell([commands.check_connection(connection_id=one, by=by, at=at) for one in chosen])


def _replay(given: argparse.Namespace) -> int:
    count = commands.replay_failed(by=_operator(), at=clock.now())
    _say([f"{count} deliveries wait to be taken in again."])
    return 0


def _history(given: argparse.Namespace) -> int:
    asked = commands.import_history(connection_id=given.channel, by=_operator(), at=clock.now())
    _say([f"The last year of {asked.name or asked.public_id} is fetched by the worker."])
    return 0


def _connect(given: argparse.Namespace) -> int:
    secrets = Credentials(
        token=_secret("The page's access token"),
        app_secret=_secret("The app's secret"),
        verify_token=_secret("The verify token of the webhook"),
    )
    made = commands.connect(
        presence_id=given.page,
        account=Account("facebook", given.account, given.app),
        secrets=secrets,
        by=_operator(),
        at=clock.now(),
    )
    return _tell([made])


def _secret(question: str) -> str:
    """A key from the terminal without showing it, or one line of what is piped in; never an argument."""
    return getpass.getpass(f"{question}: ") if sys.stdin.isatty() else sys.stdin.readline().strip()


def _tell(connections: Iterable[Connection]) -> int:
    at = clock.now()
    told = [(connection, queries.health_of(connection, at=at)) for connection in connections]
    _say([f"{'✓' if how.is_well else '✗'} {one.public_id} {', '.join(_facts(one, how))}" for one, how in told])
    if not told:
        _say(["No channel is connected."])
    return 0 if all(how.is_well or how.state == ConnectionState.CLOSED for _, how in told) else 1


def _facts(connection: Connection, how: queries.ChannelHealth) -> Iterator[str]:
    yield f"{connection.platform} {connection.name or connection.external_id}"
    yield how.state.value
    if how.problem:
        yield f"problem {how.problem}"
    if how.missing_fields:
        yield f"not subscribed: {' '.join(how.missing_fields)}"
    if how.is_silent:
        yield "unusually silent"
    if how.token_expires_at:
        yield f"key runs out {how.token_expires_at:%Y-%m-%d}"
    if how.last_event_at:
        yield f"last heard from {how.last_event_at:%Y-%m-%d %H:%M} UTC"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="torg channels", description="The channels, for those who run the server.")
    words = parser.add_subparsers(dest="word", required=True)
    words.add_parser("list", help="how each channel is")
    word = words.add_parser("check", help="ask the platform what we may do, and subscribe again")
    word.add_argument("channel", type=UUID, nargs="?", help="which; all that are not closed without it")
    words.add_parser("replay-failed", help="take in once more what could not be taken in")
    words.add_parser("import-history", help="fetch the last year").add_argument("channel", type=UUID)
    word = words.add_parser("connect", help="connect a registered page to its account; asks for the keys")
    word.add_argument("page", type=UUID, help="the page that we run, as in its address here")
    word.add_argument("account", help="the platform's own id of the account")
    word.add_argument("--app", default="", help="the id of our application on the platform")
    return parser


def _operator() -> Operator:
    return Operator(getpass.getuser())


def _say(lines: Sequence[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
