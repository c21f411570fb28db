"""Statements: written, approved once, published everywhere, corrected in the open."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from torg.core.errors import Invalid, InvalidTransition, Stale
from torg.crisis import audit, events, loading, policies, posting, queries, speaking, website
from torg.crisis.models import Incident, Statement, StatementVersion
from torg.crisis.types import LetPast, StatementState, Wordings
from torg.people.models import Person

LONGEST_TITLE = 120


@transaction.atomic
def draft_statement(*, incident_id: UUID, texts: Wordings, by: Person, at: datetime) -> Statement:
    """Write a statement (kunngjøring); it has no number before it is published.

    Args:
        incident_id: which incident.
        texts: by language (nb, nn, en); the municipality's own at least.
        by: somebody in the team.
        at: now.

    Raises NotFound, NotAllowed, Invalid without a title or a text.
    """
    incident = loading.incident_for_change(incident_id, by=by, at=at)
    policies.check_takes_part(by, incident, at=at)
    language = queries.main_language()
    said = _checked(texts, main=language)
    row = Statement.objects.create(
        scope_id=incident.scope_id, incident=incident, language=language, made_by=by, made_at=at
    )
    StatementVersion.objects.create(statement=row, number=1, texts=said, made_by=by, made_at=at)
    audit.record(events.DRAFTED, incident, by=by, at=at, statement=str(row.public_id), version=1)
    return row


@transaction.atomic
def rewrite_statement(*, statement_id: UUID, texts: Wordings, seen_version: int, by: Person, at: datetime) -> Statement:
    """Write a draft anew.

    Raises NotFound, NotAllowed, Stale when somebody else has, InvalidTransition once it is out.
    """
    row = _for_change(statement_id, by=by, at=at)
    policies.check_takes_part(by, row.incident, at=at)
    _check_is_draft(row)
    _check_seen(row, seen_version)
    said = _checked(texts, main=row.language)
    row.newest_version += 1
    row.save(update_fields=["newest_version"])
    StatementVersion.objects.create(statement=row, number=row.newest_version, texts=said, made_by=by, made_at=at)
    audit.record(events.DRAFTED, row.incident, by=by, at=at, statement=str(row.public_id), version=row.newest_version)
    return row


@transaction.atomic
def drop_statement(*, statement_id: UUID, by: Person, at: datetime) -> Statement:
    """Put a draft away. Raises NotFound, NotAllowed, InvalidTransition once it is out."""
    row = _for_change(statement_id, by=by, at=at)
    policies.check_takes_part(by, row.incident, at=at)
    _check_is_draft(row)
    row.state = StatementState.DROPPED
    row.save(update_fields=["state"])
    audit.record(events.DROPPED, row.incident, by=by, at=at, statement=str(row.public_id))
    return row


@transaction.atomic
def publish_statement(
    *,
    statement_id: UUID,
    seen_version: int,
    targets: Collection[UUID] | None = None,
    past: LetPast | None = None,
    by: Person,
    at: datetime,
) -> Statement:
    """Approve just this version, once, and publish it everywhere: website first, then every channel.

    The number, the article, the status page and each channel's act in the outbox come in one transaction, and go
    before all else that waits to be sent. In an exercise everything goes into the sandbox.

    Args:
        statement_id: which.
        seen_version: the version that the person has read.
        targets: connections; None for all that the person may publish on.
        past: what the information officer lets past the check of language, and why.
        by: somebody whose one approval counts in this incident.
        at: now; the time that the statement carries.

    Raises NotFound, NotAllowed, Stale, InvalidTransition the second time, NotPassed for what the check stops.
    """
    row = _for_change(statement_id, by=by, at=at)
    incident = row.incident
    _check_is_draft(row)
    _check_seen(row, seen_version)
    version = row.versions.get(number=seen_version)
    policies.check_can_state(by, incident, version, at=at)
    row.number = (incident.statements.aggregate(newest=Max("number"))["newest"] or 0) + 1
    row.state, row.published_version = StatementState.PUBLISHED, version.number
    row.approved_by, row.published_at = by, at
    row.save()
    row.article_id, row.targets = posting.post(row, version, targets, past=past, by=by, at=at)
    row.save(update_fields=["article_id", "targets"])
    if incident.next_statement_at is not None:
        incident.next_statement_at = None
        incident.save(update_fields=["next_statement_at"])
    facts = {"number": row.number, "version": version.number, "targets": row.targets}
    audit.record(events.STATED, incident, by=by, at=at, statement=str(row.public_id), **facts)
    website.show(incident, at=at)
    return row


@transaction.atomic
def correct_statement(
    *,
    statement_id: UUID,
    texts: Wordings,
    told: Mapping[str, str],
    seen_version: int,
    fitting: Collection[str] = (),
    past: LetPast | None = None,
    by: Person,
    at: datetime,
) -> Statement:
    """Correct what is out (rettelse): the statement keeps its number and says what was corrected, and when.

    Args:
        statement_id: which.
        texts: the whole statement as it should be, by language.
        told: what was wrong, by language; the statement's first language at least, and each that is changed.
        seen_version: the version that the person has read.
        fitting: languages that are right as they stand, although the first language is changed.
        past: what the information officer lets past the check of language, and why.
        by: somebody whose one approval counts in this incident.
        at: now.

    Raises NotFound, NotAllowed, Stale, NotPassed, Invalid without words on what was corrected, InvalidTransition
    before it is out.
    """
    row = _for_change(statement_id, by=by, at=at)
    policies.check_can_correct(by, row.incident, at=at)
    if row.state != StatementState.PUBLISHED:
        raise InvalidTransition(_("This is not published, so just change it."))
    _check_seen(row, seen_version)
    kept = speaking.told_of(told, main=row.language)
    said = _checked(texts, main=row.language)
    before = row.versions.get(number=seen_version).texts
    speaking.check_all_follow(said, before, main=row.language, fitting=fitting)
    speaking.check_each_tells(said, before, kept)
    row.newest_version += 1
    row.published_version = row.newest_version
    row.save(update_fields=["newest_version", "published_version"])
    version = StatementVersion.objects.create(
        statement=row, number=row.newest_version, texts=said, told=kept, made_by=by, made_at=at
    )
    posting.correct(row, version, past=past, by=by, at=at)
    facts: dict[str, int | str] = {"number": row.number or 0, "version": version.number}
    audit.record(events.CORRECTED, row.incident, by=by, at=at, statement=str(row.public_id), **facts)
    website.show(row.incident, at=at)
    return row


@transaction.atomic
def promise_next(*, incident_id: UUID, next_at: datetime, by: Person, at: datetime) -> Incident:
    """Say on the status page when the next statement comes. Raises NotFound, NotAllowed, Invalid for a time past."""
    incident = loading.incident_for_change(incident_id, by=by, at=at)
    policies.check_can_approve(by, incident, at=at)
    if next_at <= at:
        raise Invalid(_("Choose a time that lies ahead."), field="next_at")
    incident.next_statement_at = next_at
    incident.save(update_fields=["next_statement_at"])
    audit.record(events.NEXT_PROMISED, incident, by=by, at=at)
    website.show(incident, at=at)
    return incident


def _for_change(statement_id: UUID, *, by: Person, at: datetime) -> Statement:
    row: Statement = loading.part_for_change(Statement.objects.visible_to(by, at=at), statement_id, by=by, at=at)
    return row


def _check_is_draft(row: Statement) -> None:
    if row.state != StatementState.DRAFT:
        raise InvalidTransition(_("This statement is no longer a draft. Load the page again to see what happened."))


def _check_seen(row: Statement, seen_version: int) -> None:
    if row.newest_version != seen_version:
        raise Stale(_("Somebody has changed this statement since you opened it. Read it again before it goes out."))


def _checked(texts: Wordings, *, main: str) -> dict[str, dict[str, str]]:
    said = speaking.kept(texts, main=main)
    if any(len(words["title"]) > LONGEST_TITLE for words in said.values()):
        raise Invalid(_("The title may have at most %d characters.") % LONGEST_TITLE, field=f"title_{main}")
    return said
