"""What the software suspects: from findings to grounds and rules, and cases with their passages."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Q, Sum

from torg.dialogue.models import Item, Reaction
from torg.inbox import windows
from torg.moderation import deadlines, queries
from torg.moderation.models import Case, Passage, Rule, RuleVersion
from torg.moderation.types import Severity
from torg.moderation.words import SENSITIVE_GROUNDS, Gravity, Ground, Source, gravity_of
from torg.people.models import Person
from torg.triage.models import Finding, FindingKind

GROUND_OF: Mapping[str, Ground] = {
    FindingKind.THREAT: Ground.THREAT,
    FindingKind.HATE: Ground.HATE,
    FindingKind.INSULT: Ground.PERSONAL_ATTACK,
    FindingKind.PROFANITY: Ground.PROFANITY,
    FindingKind.OBSCENE: Ground.OBSCENE,
    FindingKind.NATIONAL_ID: Ground.IDENTITY_NUMBER,
    FindingKind.ACCOUNT: Ground.PERSONAL_DATA,
    FindingKind.HEALTH: Ground.HEALTH,
    FindingKind.CHILD: Ground.CHILD,
    FindingKind.LINK: Ground.HARMFUL_LINK,
}
# Of links, only one to a host that the municipality has blocked (strategy F6).
RAISED_BY: Mapping[str, str] = {FindingKind.LINK: "link.blocked"}
# A quoted word or a weak likeness is shown to whoever reads, but raises no case.
LEAST_SCORE = 0.5


def raises_a_case() -> Q:
    """Which findings raise a case, as the database is asked."""
    asked = Q(kind__in=GROUND_OF, score__gte=LEAST_SCORE)
    for kind, code in RAISED_BY.items():
        asked &= ~Q(kind=kind) | Q(code=code)
    return asked


def suspicions(findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    """The findings that raise a case, by item."""
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        is_raised = finding.code == RAISED_BY.get(finding.kind, finding.code)
        if finding.kind in GROUND_OF and is_raised and finding.score >= LEAST_SCORE:
            found[finding.item_id].append(finding)
    return found


def open_cases(
    items: Sequence[Item],
    found: Mapping[int, Sequence[Finding]],
    *,
    source: Source,
    ground: Ground | None = None,
    by: Person | None = None,
    at: datetime,
) -> list[Case]:
    """New cases for items that have none open, with the passages that the software has marked.

    Args:
        items: with thread, connection and presence.
        found: their findings, by item id.
        source: who pointed them out.
        ground: what a person says; the gravest finding decides otherwise.
        by: the person, where it was one.
        at: now.
    """
    rules = queries.rules_touched_by(GROUND_OF, at=at)
    reach = _reach(items)
    due: dict[tuple[Gravity, int | None], datetime] = {}
    cases = []
    for item in items:
        case = _case(item, found.get(item.pk, ()), rules, source=source, ground=ground)
        case.opened_by, case.opened_at, case.reach = by, at, reach[item.pk]
        unit = item.thread.connection.presence.unit
        key = (Gravity(case.severity), unit.pk if unit else None)
        if key not in due:
            due[key] = deadlines.decide_by(key[0], unit=unit, at=at)
        case.decide_by = due[key]
        cases.append(case)
    Case.objects.bulk_create(cases)
    mark(cases, found, rules, at=at)
    return cases


def mark(
    cases: Sequence[Case],
    found: Mapping[int, Sequence[Finding]],
    rules: Mapping[str, RuleVersion],
    *,
    at: datetime,
) -> None:
    """Mark what the software found in the cases' texts, each passage with the rule that it touches."""
    Passage.objects.bulk_create(
        Passage(
            case=case,
            version_number=finding.version_number,
            start=finding.start,
            end=finding.end,
            rule=rules[finding.kind].rule,
            ground=GROUND_OF[finding.kind],
            finding_kind=finding.kind,
            finding_code=finding.code,
            finding_params=finding.params,
            marked_at=at,
        )
        for case in cases
        for finding in found.get(case.item_id, ())
        if finding.kind in rules
    )


def gravity_by_rule(ground: str, rule: RuleVersion | None) -> Gravity:
    """How grave a case on this ground is, under this rule."""
    return gravity_of(ground, rule.severity if rule else Severity.MILD)


def _case(
    item: Item,
    findings: Sequence[Finding],
    rules: Mapping[str, RuleVersion],
    *,
    source: Source,
    ground: Ground | None,
) -> Case:
    suspected = [(gravity_by_rule(GROUND_OF[one.kind], rules.get(one.kind)), one.score, one) for one in findings]
    gravest = max(suspected, key=lambda each: each[:2], default=None)
    kind = gravest[2].kind if gravest else ""
    held = ground or (GROUND_OF[kind] if kind else "")
    rule: Rule | None = rules[kind].rule if kind in rules else None
    return Case(
        scope_id=item.scope_id,
        item=item,
        author_id=item.author_id,
        ground=held,
        rule=rule,
        severity=max(gravest[0] if gravest else Gravity.MILD, gravity_of(held, Severity.MILD)),
        source=source,
        is_sensitive=held in SENSITIVE_GROUNDS or any(one.is_sensitive for one in findings),
        private_way_until=_private_way_until(item),
    )


def _private_way_until(item: Item) -> datetime | None:
    seconds = windows.capabilities_of(item.thread.connection).private_reply_window_seconds
    return item.posted_at + timedelta(seconds=seconds) if seconds else None


def _reach(items: Sequence[Item]) -> dict[int, int]:
    """Reactions to each, and what else stands in its thread: how many have seen it at the least. One query for all."""
    by_place = {(item.connection_id, item.external_id): item.pk for item in items}
    reach = {item.pk: max(0, item.thread.item_count - 1) for item in items}
    rows = Reaction.objects.filter(
        connection__in={connection for connection, _ in by_place},
        target_external_id__in=[external_id for _, external_id in by_place],
    )
    for connection, target, count in rows.values_list("connection", "target_external_id").annotate(n=Sum("count")):
        if (connection, target) in by_place:
            reach[by_place[connection, target]] += count
    return reach
