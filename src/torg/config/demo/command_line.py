"""`torg demo`: fill an empty installation with Eksempelvik, which does not exist."""

import argparse
import getpass
import sys

from django.conf import settings
from django.db import transaction

from torg.config.demo import (
    commenting,
    exercising,
    guiding,
    library,
    moderating,
    newsroom,
    opening,
    overseeing,
    registering,
    story,
    town,
)
from torg.config.demo.standin import StandIn
from torg.core import clock
from torg.core.actors import Operator
from torg.people.models import Municipality
from torg.site import publication


def main(arguments: list[str]) -> int:
    """Make the demonstration, or nothing where a municipality is set up already; then say who can sign in."""
    parser = argparse.ArgumentParser(prog="torg demo", description="An invented municipality, to look around in.")
    parser.add_argument("--who", action="store_true", help="only say who can sign in")
    is_only_asked = parser.parse_args(arguments).who
    if not is_only_asked:
        make_once()
    sys.stdout.write("".join(f"{line}\n" for line in town.cast()))
    return 0


def make_once() -> None:
    """Everything, up to this moment; nothing where a municipality is set up already."""
    if not Municipality.objects.exists():
        make()


def make() -> None:
    """Everything, scene by scene."""
    by, at = Operator(getpass.getuser()), clock.now()
    stand_in = StandIn(settings.GRAPH_ADDRESS) if settings.GRAPH_ADDRESS else None
    with transaction.atomic():
        made = town.build(by=by, at=at - town.AGE)
        registering.register(made, at=at - town.AGE)
        overseeing.begin(made, at=at - town.AGE)
        library.fill(made, at=at - town.AGE)
        moderating.list_hosts(made, at=at - town.CONNECTED_FOR)
        if stand_in is not None:
            town.connect(made, at=at - town.CONNECTED_FOR)
        newsroom.decide(made, at=at - town.CONNECTED_FOR)
    publication.publish_skeleton(by=by, at=at)
    if stand_in is not None:
        story.play(made, stand_in, until=at)
    moderating.hear_from_citizens(at=at)
    exercising.practise(made, at=at)
    registering.ask_lately(made, at=at)
    newsroom.fill(made, at=at)
    if stand_in is not None:
        newsroom.look_back(made, stand_in, at=at)
        newsroom.publish(made, stand_in, at=at)
        opening.open_journal(made, at=at)
    commenting.comment(made, at=at - commenting.UNDO)
    with transaction.atomic():
        guiding.teach(made, at=at)
        guiding.leave(made, at=at)
        overseeing.lately(made, at=at)
