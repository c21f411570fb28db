"""`torg records verify | deposit | plan`: the archive's files, its deposit packages, its documentation plan."""

import argparse
import getpass
import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from torg.core import clock
from torg.core.actors import Operator
from torg.records import commands, documentation_plan, verifying
from torg.records.depositing import working
from torg.records.models import Deposit
from torg.records.preservation_codes import DepositState
from torg.records.verifying import Checked


def main(arguments: list[str]) -> int:
    """Run one of the words; returns the exit status, 1 when something is not in order."""
    given = _parser().parse_args(arguments)
    runs = {"verify": verify, "deposit": deposit, "plan": plan}
    return runs[given.word](given)


def verify(given: argparse.Namespace) -> int:
    """`torg records verify [--json]`: hash every stored file again; 1 when a file is not as it was stored."""
    count, broken = 0, []
    for checked in verifying.verify(at=clock.now()):
        count += 1
        if not checked.is_whole:
            broken.append(checked)
            if not given.json:
                _say(_sentence(checked))
    if given.json:
        _say(json.dumps({"files": count, "broken": list(map(asdict, broken))}))
    else:
        _say(f"{count} files looked at, {len(broken)} not in order.")
    return 1 if broken else 0


def deposit(given: argparse.Namespace) -> int:
    """`torg records deposit --from … --to … --into DIR`: write a package and test it; 1 when a test fails."""
    operator, at = Operator(getpass.getuser()), clock.now()
    row = commands.order_deposit(
        starts_on=given.starts_on,
        ends_on=given.ends_on,
        is_packed=given.dias,
        into=given.into.resolve(),
        by=operator,
        at=at,
    )
    row = working.work(row.public_id, by=operator, at=at)
    _say(json.dumps(_told(row), indent=1) if given.json else _report(row))
    return 0 if row.state == DepositState.WRITTEN else 1


def plan(given: argparse.Namespace) -> int:
    """`torg records plan [--json]`: the documentation plan, as CSV or JSON."""
    found = documentation_plan.rows()
    _say(json.dumps([asdict(row) for row in found], indent=1) if given.json else documentation_plan.as_csv(found))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="torg records", description="The archive.")
    words = parser.add_subparsers(dest="word", required=True)
    verifies = words.add_parser("verify", help="hash every stored file again, and find what is missing")
    deposits = words.add_parser("deposit", help="write a deposit package (arkivuttrekk) and test it")
    deposits.add_argument("--from", dest="starts_on", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
    deposits.add_argument("--to", dest="ends_on", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
    deposits.add_argument("--into", type=Path, required=True, metavar="DIR", help="the folder to write it in")
    deposits.add_argument("--dias", action="store_true", help="wrap it in a DIAS tar too")
    plans = words.add_parser("plan", help="the documentation plan (dokumentasjonsplan), as CSV")
    for one in (verifies, deposits, plans):
        one.add_argument("--json", action="store_true", help="JSON instead")
    return parser


def _sentence(checked: Checked) -> str:
    needed = f"; needed by {', '.join(checked.needed_by)}" if checked.needed_by else ""
    return f"{checked.state.lower().replace('_', ' ')}: {checked.sha256}{needed}"


def _told(row: Deposit) -> dict[str, object]:
    return {
        "id": str(row.public_id),
        "state": row.state,
        "folder": row.folder,
        "counts": row.counts,
        "left_out": row.left_out,
        "sha256": {"arkivuttrekk.xml": row.listing_sha256, "tar": row.tar_sha256},
        "tests_run": row.tests_run,
        "failed": row.tests,
        "problem": row.problem,
    }


def _report(row: Deposit) -> str:
    if row.problem:
        return f"Not made: {row.problem}"
    counted = ", ".join(f"{name.replace('_', ' ')}: {number}" for name, number in row.counts.items())
    failed = [f"  {one['id']} {one['name']}: {one['number_of_findings']}" for one in row.tests]
    left_out = f"Case files of the period that are still open, and are not in it: {row.left_out}."
    return "\n".join([f"Written to {row.folder}", counted, left_out, f"{row.tests_run} tests run.", *failed])


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
