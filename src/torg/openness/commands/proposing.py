"""The daily proposal, what has changed since, and names that grow old: by rule, and only ever toward less."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.openness import events, loading, proposing, sending, stepping
from torg.openness.models import JournalDay, JournalSettings, PublicEntry
from torg.openness.types import PublicationState, SecretScopes
from torg.records import days
from torg.records.codes import EntryStatus, EntryType
from torg.records.models import ChangeLog, JournalEntry

# A transaction that began earlier can become visible later; what was read in this span is read again.
LOOK_BACK = timedelta(minutes=5)


@transaction.atomic
def propose_days(*, limit: int, by: Actor, at: datetime) -> int:
    """Propose entries of days that are over for the public journal, at most `limit`; returns how many were looked at.

    Archive notes stand in no journal, and entries that are marked as expired need not be told. What a secret group
    has is left out or wholly masked, as the settings say.
    """
    told = loading.settings_now()
    if told is None or not told.is_on:
        return 0
    waiting, secret = _unproposed(told, before=days.day_of(at)), set(loading.secret_scope_ids())
    if told.secret_scopes == SecretScopes.LEFT_OUT:
        waiting = waiting.exclude(scope_id__in=secret)
    rows = list(waiting.select_related("case_file").order_by("journal_on", "id")[:limit])
    for entry in rows:
        row = proposing.propose(entry, is_neutral=entry.scope_id in secret, at=at)
        row.save()
        stepping.remember(row, by=by, at=at)
        audit.record(events.PROPOSED, actor=by, scope=row.scope_id, target=row, at=at, facts=stepping.facts(row))
    return len(rows)


@transaction.atomic
def follow_changes(*, by: Actor, at: datetime) -> int:
    """Take away what has changed in the journal since it was reviewed, until somebody looks again; returns how many.

    A restriction, a corrected title or a correspondent who is hidden now must not stay public a day longer.
    """
    told = JournalSettings.objects.select_for_update().filter(is_on=True).first()
    if told is None:
        return 0
    since = told.changes_read_at or at - LOOK_BACK
    rows = _touched_since(since - LOOK_BACK)
    changed = [row for row in rows if _take_away(row, by=by, at=at)]
    for row in changed:
        audit.record(events.PROPOSED_AGAIN, actor=by, scope=row.scope_id, target=row, at=at, facts=stepping.facts(row))
    told.changes_read_at = at
    told.save(update_fields=["changes_read_at"])
    return len(changed)


@transaction.atomic
def age_names(*, by: Actor, at: datetime) -> int:
    """Let nobody search for persons in entries older than a year (offentlegforskrifta § 7); returns how many days."""
    limit = proposing.year_before(days.day_of(at))
    old = list(JournalDay.objects.filter(day__lte=limit, is_without_names=False).values_list("day", flat=True))
    PublicEntry.objects.filter(day__lte=limit).exclude(names="").update(names="")
    JournalDay.objects.filter(day__in=old).update(is_without_names=True, is_stale=True)
    if old:
        audit.record(events.NAMES_AGED, actor=by, scope=None, target=None, at=at, facts={"days": len(old)})
    return len(old)


def _unproposed(told: JournalSettings, *, before: date) -> QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(journal_on__gte=told.from_on, journal_on__lt=before, public_entry=None).exclude(
        Q(entry_type=EntryType.ARCHIVE_NOTE) | Q(status=EntryStatus.EXPIRED)
    )


def _touched_since(since: datetime) -> list[PublicEntry]:
    targets = ChangeLog.objects.filter(changed_at__gte=since).values("target_id")
    standing = PublicEntry.objects.filter(state__in=[PublicationState.PUBLISHED, PublicationState.PROPOSED])
    of_entry = Q(entry__public_id__in=targets) | Q(entry__case_file__public_id__in=targets)
    of_parts = Q(entry__correspondents__public_id__in=targets) | Q(entry__restrictions__public_id__in=targets)
    found = standing.filter(of_entry | of_parts).values("pk")
    rows = PublicEntry.objects.filter(pk__in=found).select_related("entry__case_file")
    return list(rows.select_for_update(of=("self",)).order_by("id"))


def _take_away(row: PublicEntry, *, by: Actor, at: datetime) -> bool:
    is_expired = row.entry.status == EntryStatus.EXPIRED
    fresh = proposing.facts_of(row.entry, is_neutral=row.is_neutral)
    if fresh == row.proposal and not is_expired:
        return False
    row.proposal = fresh
    proposing.put(row, fresh)
    row.names = row.bodies = ""
    if row.state == PublicationState.PUBLISHED:
        stepping.step(row, PublicationState.PROPOSED, because="", by=by, at=at)
        sending.plan(row, at=at)
    else:
        row.save()
        stepping.remember(row, by=by, at=at)
    return True
