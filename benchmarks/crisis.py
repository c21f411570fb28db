"""How long from one press to the acts of a statement in the outbox, for 20 channels, while 10,000 others wait?

Milliseconds of the whole command, commit on disk included: number, article, status pages in three languages, posts and
acts. The limit, measured in turn, is the same number of acts planned alone.

    PYTHONPATH=src:. python -m benchmarks.crisis
    PYTHONPATH=src:. python -m benchmarks.crisis --targets 20 --waiting 10000 --rounds 5
"""

import argparse
import statistics
import time
from datetime import UTC, datetime
from typing import Any

from benchmarks import measuring

AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
TARGET = 1.0
WAITING = """
INSERT INTO outbox_outboxact (public_id, scope_id, handler, kind, serial_key, subject_kind, subject_id, payload, place,
    state, attempts, next_attempt_at, external_id, permalink, error_class, error_code, error_reason, next_step,
    planned_at)
SELECT gen_random_uuid(), gen_random_uuid(), 'channels.act', 'reply', 'waiting-' || n, 'inbox.answer',
    gen_random_uuid(), '{{}}', '', 'PLANNED', 0, '{at}', '', '', '', '', '', '', '{at}'
FROM generate_series(1, {count}) n;
"""


def main() -> int:
    """Measure, print, and return 1 when a statement takes a second or more."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--targets", type=int, default=20)
    parser.add_argument("--waiting", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    with measuring.database():
        house = build(chosen.targets, chosen.waiting)
        warm(house)
        pairs = [(stated(house, number), planned(house, chosen.targets)) for number in range(chosen.rounds)]
    whole, alone = ([pair[side] for pair in pairs] for side in (0, 1))
    ratios = sorted(first / second for first, second in pairs)
    print(f"statement to {chosen.targets} targets, {chosen.waiting} acts waiting, {chosen.rounds} rounds")
    print(f"  whole command  median {statistics.median(whole) * 1000:.0f} ms, worst {max(whole) * 1000:.0f} ms")
    print(f"  acts alone     median {statistics.median(alone) * 1000:.0f} ms")
    print(f"  ratio          median {statistics.median(ratios):.1f}, from {ratios[0]:.1f} to {ratios[-1]:.1f}")
    return int(statistics.median(whole) >= TARGET)


def build(targets: int, waiting: int) -> dict[str, Any]:
    """A municipality with its site, an open incident, and a long queue."""
    from django.db import connection

    from torg.channels.models import Connection
    from torg.core.actors import Operator
    from torg.crisis import commands
    from torg.crisis.types import Opening, Severity
    from torg.people.models import Municipality, Person, RoleAssignment, Scope
    from torg.people.types import Role
    from torg.registry.models import Presence
    from torg.site import publication

    Municipality.objects.create(id=1, name="Eksempelvik kommune")
    scope = Scope.objects.create(name="Eksempelvik kommune")
    page = Presence.objects.create(scope=scope, kind="MAIN_PAGE", name="Eksempelvik kommune", opened_at=AT)
    officer = Person.objects.create(name="Ingrid Informasjon", email="ingrid@eksempelvik.example")
    RoleAssignment.objects.create(person=officer, role=Role.OFFICER, from_at=AT)
    for number in range(targets):
        Connection.objects.create(
            scope_id=scope.id,
            presence=page,
            platform="facebook",
            external_id=f"{number}",
            name=f"Kanal {number}",
            capabilities={"can_publish": True},
            opened_at=AT,
        )
    publication.publish_skeleton(by=Operator("bench"), at=AT)
    opening = Opening("Kokevarsel", Severity.SERIOUS, scope.id, officer.public_id, widens_hours=False)
    incident = commands.open_incident(opening=opening, by=officer, at=AT)
    with connection.cursor() as cursor:
        cursor.execute(WAITING.format(at=AT, count=waiting))
        cursor.execute("ANALYZE")
    return {"officer": officer, "incident": incident, "scope": scope}


def warm(house: dict[str, Any]) -> None:
    """The first one compiles templates and loads words: not what is measured."""
    stated(house, -1)


def stated(house: dict[str, Any], number: int) -> float:
    """Seconds from the press to the commit."""
    from torg.crisis import commands
    from torg.crisis.types import Wording

    body = f"Kok vannet i tre minutter før du drikker det. Ta vare på gamle og barn. Dette er melding {number}."
    texts = {"nb": Wording("Kok vannet", body), "en": Wording("Boil the water", "Boil it for three minutes.")}
    by = house["officer"]
    row = commands.draft_statement(incident_id=house["incident"].public_id, texts=texts, by=by, at=AT)
    began = time.perf_counter()
    commands.publish_statement(statement_id=row.public_id, seen_version=1, by=by, at=AT)
    return time.perf_counter() - began


def planned(house: dict[str, Any], targets: int) -> float:
    """Seconds for as many acts alone."""
    from django.db import transaction

    from torg.core import ids
    from torg.outbox import commands as outbox
    from torg.outbox.types import Planned

    acts = [
        Planned("channels.act", "publish", house["scope"].id, f"{ids.new()}", "publishing.post", ids.new(), {})
        for _number in range(targets)
    ]
    began = time.perf_counter()
    with transaction.atomic():
        outbox.plan_many(acts, at=AT)
    return time.perf_counter() - began


if __name__ == "__main__":
    raise SystemExit(main())
