"""`torg strategy`, with figures where there is a database and without them where there is none."""

import getpass
import os
from collections.abc import Mapping, Sequence

from torg.config.env import EnvironmentProblem
from torg.config.processes import surroundings
from torg.core import clock
from torg.core.actors import Operator
from torg.insight import command_line, evidence
from torg.insight.types import Figure, Measured


def main(arguments: list[str]) -> int:
    """Print how each clause stands; always 0."""
    return command_line.main(arguments, known=evidence.read(), measure=measure)


def measure(figures: Sequence[Figure]) -> Mapping[str, Measured]:
    """What is counted in this installation; nothing where no database answers."""
    try:
        surroundings.complete(os.environ)
    except EnvironmentProblem:
        return {}
    import django

    django.setup()
    # Models can be imported only now.
    from django.db import OperationalError, ProgrammingError

    from torg.insight import queries

    try:
        return queries.measured(figures, Operator(getpass.getuser()), at=clock.now())
    except (OperationalError, ProgrammingError):  # stopped, or not migrated yet
        return {}
