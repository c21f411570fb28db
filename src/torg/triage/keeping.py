"""A batch's outcome, written with one statement per table: intake passes here, thousands of items a second."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from torg import detectors
from torg.dialogue.models import Item
from torg.triage.models import Finding
from torg.triage.types import Assessment

# What makes a finding the same one when a text is looked through again: item, version, kind, code, and where.
Place = tuple[int, int, str, str, int, int]
FORGET = "UPDATE triage_finding SET is_current = false WHERE is_current AND item_id = ANY(%s::bigint[])"
FINDINGS = (
    'COPY triage_finding (item_id, scope_id, version_number, kind, code, params, start, "end", score, is_sensitive,'
    " detector, detector_version, is_current, found_at) FROM STDIN"
)
OUTCOMES = (
    "INSERT INTO triage_itemassessment (item_id, scope_id, version_number, detectors_version, urgency, is_question,"
    " is_sensitive, is_danger, language, assessed_at)"
    " SELECT item_id, scope_id, version_number, %s, urgency, is_question, is_sensitive, is_danger, language, %s"
    " FROM unnest(%s::bigint[], %s::uuid[], %s::smallint[], %s::smallint[], %s::bool[], %s::bool[], %s::bool[],"
    " %s::text[]) AS given (item_id, scope_id, version_number, urgency, is_question, is_sensitive, is_danger, language)"
    " ON CONFLICT (item_id) DO UPDATE SET (version_number, detectors_version, urgency, is_question, is_sensitive,"
    " is_danger, language, assessed_at) = (excluded.version_number, excluded.detectors_version, excluded.urgency,"
    " excluded.is_question, excluded.is_sensitive, excluded.is_danger, excluded.language, excluded.assessed_at)"
)
ITEM_MASKS = (
    "UPDATE dialogue_item AS item SET masked_text = given.masked"
    " FROM unnest(%s::bigint[], %s::text[]) AS given (id, masked) WHERE item.id = given.id"
)
# The time is part of the key, so that only the partitions concerned are touched.
VERSION_MASKS = (
    "UPDATE dialogue_itemversion AS version SET masked_text = given.masked"
    " FROM unnest(%s::bigint[], %s::timestamptz[], %s::text[]) AS given (id, received_at, masked)"
    " WHERE version.id = given.id AND version.received_at = given.received_at"
)


def first_found(items: Iterable[Item]) -> dict[Place, datetime]:
    """When what is found in these items now was found first."""
    rows = Finding.objects.filter(item__in=items, is_current=True)
    told = rows.values_list("item_id", "version_number", "kind", "code", "start", "end", "found_at")
    return {(item, version, kind, code, start, end): at for item, version, kind, code, start, end, at in told}


def replace_findings(
    items: Iterable[Item], found: Mapping[int, Assessment], *, known: Mapping[Place, datetime], at: datetime
) -> None:
    """Write the findings as the current ones; the earlier ones stay as past. What was `known` is as old as it was."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [list(found)])
        with cursor.copy(FINDINGS) as copy:
            for item in items:
                for finding in found[item.id].findings:
                    copy.write_row(_finding_row(item, finding, known.get(_place(item, finding), at)))


def _place(item: Item, finding: detectors.Finding) -> Place:
    return (item.id, item.version_count, finding.kind.value, finding.code, finding.start, finding.end)


def _finding_row(item: Item, finding: detectors.Finding, at: datetime) -> tuple[object, ...]:
    return (
        item.id,
        item.scope_id,
        item.version_count,
        finding.kind.value,
        finding.code,
        json.dumps(dict(finding.params)),
        finding.start,
        finding.end,
        finding.score,
        finding.is_sensitive,
        finding.detector,
        finding.version,
        True,
        at,
    )


def write_outcomes(items: Sequence[Item], found: Mapping[int, Assessment], *, at: datetime) -> None:
    """Write what each item's current wording was found to be."""
    outcomes = [found[item.id] for item in items]
    columns: list[list[Any]] = [
        [item.id for item in items],
        [item.scope_id for item in items],
        [item.version_count for item in items],
        [outcome.urgency for outcome in outcomes],
        [outcome.is_question for outcome in outcomes],
        [outcome.is_sensitive for outcome in outcomes],
        [outcome.is_danger for outcome in outcomes],
        [outcome.language for outcome in outcomes],
    ]
    with connection.cursor() as cursor:
        cursor.execute(OUTCOMES, [detectors.VERSION, at, *columns])


def mask_items(found: Iterable[Assessment]) -> None:
    """Set the masked text of the items."""
    masked = {outcome.item_id: outcome.masked_text for outcome in found}
    if masked:
        with connection.cursor() as cursor:
            cursor.execute(ITEM_MASKS, [list(masked), list(masked.values())])


def mask_versions(rows: Sequence[tuple[int, datetime, str]]) -> None:
    """Set the masked text of wordings, by id and time; the database derives the search vectors from it."""
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(VERSION_MASKS, [list(column) for column in zip(*rows, strict=True)])
