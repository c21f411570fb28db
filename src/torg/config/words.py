"""The operator's words: each a function of the arguments that returns the exit status."""

import argparse
import getpass
import sys

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from torg.api import commands as api
from torg.channels import commands as channels
from torg.config import checks, retention
from torg.config.env import EnvironmentProblem
from torg.config.processes.postgres import give_rights
from torg.core import clock
from torg.core.actors import Operator
from torg.moderation import commands as moderation
from torg.people import commands as people
from torg.people import queries
from torg.people.models import Login
from torg.people.types import Permission, Role

# Any number, the same in every process: whoever has this lock migrates, the others wait.
MIGRATION_LOCK = 7_463_001
MANAGE = Permission.MANAGE_PEOPLE


def migrate(arguments: list[str]) -> int:
    """Bring the database up to date, as the owner; two at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            if settings.APP_DATABASE_ROLE:
                give_rights(connection.connection, app=settings.APP_DATABASE_ROLE)
            call_command("migrate", verbosity=0, interactive=False)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])
    return 0


def static(arguments: list[str]) -> int:
    """Gather and compress static files, with a manifest of their hashes.

    Raises EnvironmentProblem when the build has not fetched the third-party files.
    """
    checks.demand_vendor_files()
    call_command("collectstatic", verbosity=0, interactive=False)
    return 0


def prepare(arguments: list[str]) -> int:
    """What must be done before a new version serves: migrate, make partitions, gather static files."""
    return migrate([]) or retention.partitions([]) or static([])


def check_config(arguments: list[str]) -> int:
    """Say what is wrong with the settings, one line each, and what could be better; 0 when nothing is wrong."""
    problems = checks.problems()
    for problem in problems:
        sys.stdout.write(f"✗ {problem}\n")
    if not problems:
        sys.stdout.write("✓ The settings are in order.\n")
    for note in checks.notes():
        sys.stdout.write(f"· {note}\n")
    return 1 if problems else 0


def sign_in_link(arguments: list[str]) -> int:
    """Print a link with which somebody signs in, once, within an hour.

    Raises NotFound when nobody can sign in with that address, EnvironmentProblem when nobody can at all.
    """
    parser = argparse.ArgumentParser(prog="torg sign-in-link")
    parser.add_argument("email", nargs="?", help="whose link; without it, the first who manages people")
    email = parser.parse_args(arguments).email or address_of_first()
    token = people.make_sign_in_link(email=email, by=operator(), at=clock.now())
    sys.stdout.write(f"{settings.PUBLIC_ADDRESS}/account/link/{token}/\n")
    return 0


def first_person(arguments: list[str]) -> int:
    """Add the first information officer, and the rulebook to begin with; nothing of what is there already."""
    parser = argparse.ArgumentParser(prog="torg first-person")
    parser.add_argument("--name", default="Informasjonsansvarlig", help="their name")
    parser.add_argument("--email", default=f"{getpass.getuser()}@localhost", help="their address, to sign in with")
    given = parser.parse_args(arguments)
    if first_manager() is None:
        person = people.add_person(name=given.name, email=given.email, by=operator(), at=clock.now())
        people.give_role(person=person, role=Role.OFFICER, scope=None, by=operator(), at=clock.now())
    moderation.adopt_default_rulebook(by=operator(), at=clock.now())
    return 0


def address_of_first() -> str:
    """The address of the first who manages people. Raises EnvironmentProblem when there is nobody."""
    login = first_manager()
    if login is None:
        raise EnvironmentProblem("Nobody can sign in yet: torg first-person --name NAME --email ADDRESS adds somebody.")
    return login.email


def first_manager() -> Login | None:
    """The first log-in whose person manages people in the municipality as a whole."""
    logins = Login.objects.filter(is_active=True).select_related("person").order_by("pk")
    can_manage = (one for one in logins if queries.may(one.person, MANAGE, scope_id=None, at=clock.now()))
    return next(can_manage, None)


def operator() -> Operator:
    """Whoever sits at the shell, as the audit log knows them."""
    return Operator(getpass.getuser())


def secrets(arguments: list[str]) -> int:
    """`rotate`: encrypt every stored credential again with the newest key."""
    parser = argparse.ArgumentParser(prog="torg secrets")
    parser.add_argument("act", choices=["rotate"])
    parser.parse_args(arguments)
    by, at = operator(), clock.now()
    counts = {
        "connections": channels.rotate_secrets(by=by, at=at),
        "webhook subscriptions": api.seal_again(by=by, at=at),
        "second factors": people.seal_again(by=by, at=at),
    }
    sealed = ", ".join(f"{count} {what}" for what, count in counts.items())
    sys.stdout.write(f"Encrypted with the newest key: {sealed}. Older keys can be taken away.\n")
    return 0
