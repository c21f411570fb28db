"""Taking a statement back, in the open."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import Invalid, InvalidTransition
from torg.crisis import audit, events, journaling, loading, policies, posting, recording, website
from torg.crisis.models import Statement, StatementWithdrawal
from torg.crisis.types import LANGUAGES, StatementState
from torg.people.models import Person


@transaction.atomic
def withdraw_statement(
    *,
    statement_id: UUID,
    reason: str,
    told: Mapping[str, str],
    deletes_posts: bool = True,
    by: Person,
    at: datetime,
) -> Statement:
    """Take back what is out (trekke tilbake): its text leaves the site, its number and time stay, and what it says why.

    Possible after the incident is closed too; then it is journaled beside it.

    Args:
        statement_id: which.
        reason: why, for ourselves; kept with each post that is deleted.
        told: what the public reads in its place, by language; the statement's first language at least. Nothing where
            nobody approves their own words.
        deletes_posts: also delete the posts on the channels.
        by: somebody whose one approval counts in this incident.
        at: now.

    Raises NotFound, NotAllowed, Invalid without words, InvalidTransition for what is not out.
    """
    rows = Statement.objects.visible_to(by, at=at)
    row: Statement = loading.part_for_change(rows, statement_id, by=by, at=at, is_over=True)
    incident = row.incident
    policies.check_can_approve(by, incident, at=at)
    if row.state != StatementState.PUBLISHED:
        raise InvalidTransition(_("This is not published, so there is nothing to withdraw."))
    kept = {code: words.strip() for code, words in told.items() if code in LANGUAGES and words.strip()}
    policies.check_own_words(incident, kept)
    if not reason.strip() or (incident.allows_own_approval and row.language not in kept):
        raise Invalid(_("Write why, both for ourselves and for those who have read it."), field="reason")
    row.state = StatementState.WITHDRAWN
    row.save(update_fields=["state"])
    withdrawal = StatementWithdrawal.objects.create(
        statement=row, told=kept, reason=reason.strip(), withdrawn_by=by, withdrawn_at=at
    )
    posting.withdraw(row, reason=reason, deletes_posts=deletes_posts, by=by, at=at)
    facts: dict[str, int | str] = {"number": row.number or 0, "posts": int(deletes_posts)}
    audit.record(events.WITHDRAWN, incident, by=by, at=at, statement=str(row.public_id), **facts)
    if incident.entry_id is not None:
        capture = partial(recording.captured_withdrawal, withdrawal)
        journaling.journal_afterwards(incident, capture, beside=incident.entry_id, by=by, at=at)
    website.show(incident, at=at)
    return row
