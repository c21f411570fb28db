"""`torg employees`: what a list of employees would change, and taking it over."""

import argparse
import getpass
import sys
from pathlib import Path

from torg.core import clock
from torg.core.actors import Operator
from torg.people import commands as people
from torg.people import queries
from torg.people.employee_list import FIELDS, EmployeeList
from torg.people.models import EmployeeImport


def main(arguments: list[str]) -> int:
    """Print what a list would change; with `--apply`, take it over. Exit status 1 when a line of it is wrong."""
    asked = _asked(arguments)
    try:
        data = asked.file.read_bytes()
    except OSError as problem:
        sys.stderr.write(f"{asked.file}: {problem.strerror}\n")
        return 1
    by, at = Operator(getpass.getuser()), clock.now()
    row = people.read_employees(data=data, by=by, at=at)
    columns = dict(one.partition("=")[::2] for one in asked.column)
    row = people.map_columns(import_id=row.public_id, columns=columns, by=by, at=at)
    told = _tell(row)
    if asked.apply:
        people.import_employees(import_id=row.public_id, is_confirmed=asked.confirm, by=by, at=at)
        sys.stderr.write("The list is taken over.\n")
        return 0
    sys.stderr.write("Nothing is changed. Take the list over with --apply.\n")
    people.drop_import(import_id=row.public_id, by=by, at=at)
    return 1 if told.lacks or told.problems else 0


def _asked(arguments: list[str]) -> argparse.Namespace:
    fields = ", ".join(FIELDS)
    parser = argparse.ArgumentParser(prog="torg employees", description="Hand in a list of employees (CSV).")
    parser.add_argument("file", type=Path)
    parser.add_argument("--apply", action="store_true", help="take the list over")
    parser.add_argument("--confirm", action="store_true", help="even though more than a fifth would leave by it")
    parser.add_argument("--column", action="append", default=[], metavar="FIELD=HEADING", help=f"FIELD is {fields}")
    return parser.parse_args(arguments)


def _tell(row: EmployeeImport) -> EmployeeList:
    told = queries.told_by(row)
    changes = queries.changes_by(told, at=clock.now())
    for problem in told.problems:
        sys.stderr.write(f"line {problem.line}: {problem.text}\n")
    for lacking in told.lacks:
        sys.stderr.write(f"no column is known as {lacking}: name it with --column {lacking}=HEADING\n")
    for name in ("new", "changed", "ending", "returning"):
        sys.stdout.write(f"{name:<10} {len(getattr(changes, name))}\n")
    sys.stdout.write(f"{'unchanged':<10} {changes.unchanged}\n")
    return told
