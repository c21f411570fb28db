"""`torg duties`: how the duties of every page stand, counted from what happened."""

import argparse
import json
import sys
from datetime import date
from typing import Any

from torg.core import clock
from torg.oversight import queries
from torg.oversight.measuring import Measure
from torg.people.models import Scope
from torg.registry.models import Presence, PresenceKind


def main(arguments: list[str]) -> int:
    """Print the duties of every open page; exit status 1 when one is not kept in a week that was asked for.

    Secret groups are left out unless `--with-secret` asks for them: a terminal is no closed room.
    """
    parser = argparse.ArgumentParser(prog="torg duties", description="How the duties of every page stand.")
    parser.add_argument("--week", type=date.fromisoformat, help="only the week of this day, as 2026-03-09")
    parser.add_argument("--json", action="store_true", help="as JSON, one object for each duty of a page and week")
    parser.add_argument("--with-secret", action="store_true", help="secret groups too")
    asked = parser.parse_args(arguments)
    rows = list(_rows(asked.week, with_secret=asked.with_secret))
    if asked.json:
        sys.stdout.write(f"{json.dumps(rows, ensure_ascii=False, indent=2)}\n")
    else:
        for row in rows:
            figures = f"{row['done']}/{row['wanted']}"
            sys.stdout.write(f"{row['week']}  {row['standing']:<10}  {figures:>7}  {row['duty']:<8}  {row['page']}\n")
    return 1 if any(row["standing"] == "BREACHED" for row in rows) else 0


def _rows(day: date | None, *, with_secret: bool) -> list[dict[str, Any]]:
    presences = Presence.objects.filter(closed_at=None).order_by("name", "id")
    if not with_secret:
        secret = Scope.objects.filter(is_secret=True)
        presences = presences.exclude(scope__in=secret).exclude(kind=PresenceKind.SECRET_GROUP)
    return [
        _row(page.presence, week.week.monday, measure)
        for page in queries.standings(presences, at=clock.now())
        for week in page.weeks
        if day is None or day in week.week.days
        for measure in week.measures.values()
    ]


def _row(presence: Presence, monday: date, measure: Measure) -> dict[str, Any]:
    return {
        "page": presence.name,
        "id": str(presence.public_id),
        "kind": presence.kind,
        "week": monday.isoformat(),
        "duty": measure.duty.value,
        "standing": measure.standing.value,
        "done": measure.done,
        "wanted": measure.wanted,
        "due_at": measure.due_at.isoformat() if measure.due_at else None,
    }
