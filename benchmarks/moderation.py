"""How fast is the moderation queue with 10,000 open cases, and how long does a decision about a raid of 500 take?

The queue: milliseconds that the program waited for the database, each page asked for many times; the limit, measured in
turn, is fifty cases read by their numbers. The raid: 500 comments under one post, each with its own delivery, proposed
and agreed to with everything that is written for each of them (evidence, decision, notice, act, log), to the commit.

    PYTHONPATH=src:. python -m benchmarks.moderation
    PYTHONPATH=src:. python -m benchmarks.moderation --cases 10000 --raid 500 --rounds 5
"""

import argparse
import statistics
import time
from typing import Any

from benchmarks import filling, measuring
from benchmarks.filling import AT
from benchmarks.queue import Measured

TARGET_QUEUE, TARGET_RAID = 50, 10.0
CASES = """
INSERT INTO moderation_case (public_id, scope_id, item_id, author_id, state, ground, severity, reach, source,
    is_sensitive, opened_at, dismissed_because, dismissal_note, version)
SELECT gen_random_uuid(), scope_id, id, author_id, CASE WHEN id % 20 = 0 THEN 'PROPOSED' ELSE 'OPEN' END,
    CASE id % 4 WHEN 0 THEN 'THREAT' ELSE 'PERSONAL_ATTACK' END, 1 + id % 4, hashint8(id) & 255,
    CASE id % 3 WHEN 0 THEN 'CITIZEN' ELSE 'TRIAGE' END, id % 4 = 0, received_at, '', '', 1
FROM dialogue_item ORDER BY id LIMIT {cases};
"""
POST = """
INSERT INTO dialogue_post (id, public_id, scope_id, connection_id, external_id, is_own, is_placeholder, text, title,
    permalink, posted_at, received_at, platform_state)
SELECT {number}, gen_random_uuid(), scope_id, id, 'raid-{number}', true, false, 'Vi har vedtatt budsjettet.', '', '',
    '{at}', '{at}', 'VISIBLE' FROM channels_connection ORDER BY id LIMIT 1;
INSERT INTO channels_rawdelivery (id, platform, source, received_at, body, signature_ok, headers_digest, delivery_key)
SELECT gen_random_uuid(), 'facebook', 'WEBHOOK', '{at}', convert_to('{{"entry": [{number}, ' || n || ']}}', 'UTF8'),
    true, '', decode(md5('{number}-' || n), 'hex') FROM generate_series(1, {raid}) n;
"""
RAID = """
WITH delivery AS (
    SELECT id, row_number() OVER (ORDER BY id) AS n FROM channels_rawdelivery
    WHERE convert_from(body, 'UTF8') LIKE '{{"entry": [{number},%'
), thread AS (
    INSERT INTO dialogue_thread (public_id, scope_id, connection_id, post_id, kind, root_external_id, started_at,
        last_item_at, item_count)
    SELECT gen_random_uuid(), p.scope_id, p.connection_id, p.id, 'BRANCH', 'raid-{number}-' || n, '{at}', '{at}', 1
    FROM dialogue_post p CROSS JOIN generate_series(1, {raid}) n WHERE p.id = {number}
    RETURNING *
), item AS (
    INSERT INTO dialogue_item (public_id, scope_id, connection_id, thread_id, post_id, kind, external_id,
        parent_external_id, is_own, is_history, is_placeholder, posted_at, received_at, platform_state, is_unsent,
        version_count, text, masked_text, permalink, delivery_id, echo_app_id)
    SELECT gen_random_uuid(), t.scope_id, t.connection_id, t.id, t.post_id, 'COMMENT', t.root_external_id, '', false,
        false, false, '{at}', '{at}', 'VISIBLE', false, 1, 'Dere er noen idioter alle sammen.', 'Dere er noen idioter.',
        '', d.id, ''
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM thread) t JOIN delivery d USING (n)
    RETURNING *
), version AS (
    INSERT INTO dialogue_itemversion (item_id, scope_id, number, is_original, text, masked_text, content_hash,
        posted_at, received_at)
    SELECT id, scope_id, 1, true, text, masked_text, '', posted_at, received_at FROM item
)
INSERT INTO moderation_case (public_id, scope_id, item_id, state, ground, severity, reach, source, is_sensitive,
    opened_at, dismissed_because, dismissal_note, version)
SELECT gen_random_uuid(), scope_id, id, 'OPEN', 'PERSONAL_ATTACK', 2, 0, 'TRIAGE', false, '{at}', '', '', 1 FROM item;
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--raid", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with measuring.database() as server:
        person = filling.fill(server, max(2 * given.cases, 100))
        agreer, rule = prepare(given.cases)
        pages = queue(person)
        for each in pages:
            each.ask()
        from django.db import connection

        backend = measuring.Backend(connection)
        for _ in range(given.rounds * 8):
            for each in pages:
                each.once(backend)
        raids = [raid(number, given.raid, person, agreer, rule) for number in range(1, given.rounds + 1)]
    print(f"{given.cases:,} open cases")
    for each in pages:
        print(each.told())
    for name, seconds in zip(("evidence beforehand", "propose", "agree"), zip(*raids, strict=True), strict=True):
        middle, worst = statistics.median(seconds), max(seconds)
        met = "met" if worst < TARGET_RAID else "not met"
        figures = f"median {middle:.1f} s, slowest {worst:.1f} s"
        print(f"  {name} {given.raid} texts: {figures} (target {TARGET_RAID:.0f} s: {met})")


def prepare(cases: int) -> tuple[Any, Any]:
    """The rules, a second person, and the cases."""
    from django.db import connection

    from torg.channels.models import Connection
    from torg.core.actors import Operator
    from torg.moderation import commands
    from torg.people.models import Person, RoleAssignment
    from torg.people.types import Role

    able = {"can_hide": True, "can_delete": True, "can_reply_privately": True, "private_reply_window_seconds": 604800}
    Connection.objects.update(capabilities=able)
    agreer = Person.objects.create(name="Ola Eksempel", email="ola@example.org")
    RoleAssignment.objects.create(person=agreer, role=Role.DEPUTY, from_at=filling.FIRST_MONTH)
    adopted = commands.adopt_default_rulebook(by=Operator("benchmark"), at=filling.FIRST_MONTH)
    with connection.cursor() as cursor:
        cursor.execute(CASES.format(cases=cases))
        cursor.execute("ANALYZE moderation_case")
    return agreer, next(version.rule for version in adopted if version.rule.code == "respect")


def queue(person: Any) -> list[Measured]:
    """The first page in the ways that it is asked for, and the least that a page costs."""
    from torg.moderation import queries
    from torg.moderation.models import Case

    numbers = list(Case.objects.order_by("id").values_list("id", flat=True)[:50])
    page = lambda **chosen: queries.case_page(person, queries.CaseFilters(**chosen), at=AT)  # noqa: E731
    pages = [Measured("limit: fifty cases by number", lambda: list(Case.objects.filter(pk__in=numbers)))]
    for view in queries.View:
        pages.append(Measured(f"view {view}", lambda view=view: page(view=view), TARGET_QUEUE))
    pages.append(Measured("reported by citizens", lambda: page(source="CITIZEN"), TARGET_QUEUE))
    pages.append(Measured("threats", lambda: page(ground="THREAT"), TARGET_QUEUE))
    return pages


def raid(number: int, size: int, proposer: Any, agreer: Any, rule: Any) -> tuple[float, float, float]:
    """Seconds to take the evidence beforehand, to propose, and to agree, to the commit."""
    from django.db import connection, transaction

    from torg.moderation import commands, evidence, loading
    from torg.moderation.commands.opening import EVIDENCE_AT_ONCE
    from torg.moderation.models import Case
    from torg.moderation.words import Ground, Measure, Suggestion

    with connection.cursor() as cursor:
        for step in (POST, RAID):
            cursor.execute(step.format(number=number, raid=size, at=AT.isoformat()))
    case_ids = list(Case.objects.filter(item__post=number).values_list("public_id", flat=True))
    suggestion = Suggestion(
        Ground.PERSONAL_ATTACK,
        Measure.DELETE,
        "Et samordnet angrep.",
        [Measure.ANSWER, Measure.HIDE],
        is_impartial=True,
    )
    # As the worker does when the cases open; timed by itself.
    opened = time.perf_counter()
    cases = Case.objects.filter(item__post=number).select_related(*loading.WITH).order_by("id")
    for start in range(0, size, EVIDENCE_AT_ONCE):
        with transaction.atomic():
            evidence.take(cases[start : start + EVIDENCE_AT_ONCE], by=proposer, at=AT)
    began = time.perf_counter()
    proposal = commands.propose_many(
        case_ids=case_ids, suggestion=suggestion, rule_id=rule.public_id, by=proposer, at=AT
    )
    proposed = time.perf_counter()
    agreed = commands.agree(proposal_id=proposal.public_id, is_impartial=True, by=agreer, at=AT)
    assert len(agreed.decisions) == size
    return began - opened, proposed - began, time.perf_counter() - proposed


if __name__ == "__main__":
    main()
