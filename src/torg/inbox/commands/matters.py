"""One matter across threads, and one answer to many about a known issue."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import DomainError, Invalid, InvalidTransition, NotFound
from torg.inbox import answering, audit, events, loading, policies, queries
from torg.inbox.models import Enquiry, KnownIssue, KnownIssueAnswer, Matter, MatterLink
from torg.inbox.types import AnswerState, BulkLine, Change, Reply
from torg.people.models import Person


@transaction.atomic
def link_matter(
    *, enquiry_ids: Sequence[UUID], title: str = "", matter_id: UUID | None = None, by: Person, at: datetime
) -> Matter:
    """Link enquiries, of any pages that the person handles, as one matter; a new one, or one that exists.

    Raises NotAllowed, NotFound, Invalid for fewer than two or without a title.
    """
    matter = queries.matter_or_absent(matter_id, by=by, at=at) if matter_id else None
    if matter is None and len(set(enquiry_ids)) < 2:
        raise Invalid(_("Choose at least two enquiries."))
    if matter is None and not title.strip():
        raise Invalid(_("Give the matter a title."), field="title")
    matter = matter or Matter.objects.create(title=title.strip()[:120], made_by=by, made_at=at)
    for enquiry_id in sorted(set(enquiry_ids)):
        enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
        policies.check_can_handle(by, scope_id=enquiry.scope_id, at=at)
        MatterLink.objects.get_or_create(
            matter=matter,
            enquiry=enquiry,
            defaults={"scope_id": enquiry.scope_id, "linked_by": by, "linked_at": at},
        )
        loading.save(enquiry, Change.MARKED)
    facts = {"enquiries": len(set(enquiry_ids))}
    audit.record(events.MATTER_LINKED, actor=by, scope=None, target=matter, at=at, facts=facts)
    return matter


@transaction.atomic
def unlink_matter(*, matter_id: UUID, enquiry_id: UUID, by: Person, at: datetime) -> None:
    """Take an enquiry out of a matter. Raises NotAllowed, NotFound."""
    enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
    policies.check_can_handle(by, scope_id=enquiry.scope_id, at=at)
    MatterLink.objects.filter(matter__public_id=matter_id, enquiry=enquiry).delete()
    loading.save(enquiry, Change.MARKED)
    facts = {"matter": str(matter_id)}
    audit.record(events.MATTER_UNLINKED, actor=by, scope=enquiry.scope_id, target=enquiry, at=at, facts=facts)


@transaction.atomic
def open_issue(
    *, scope_id: UUID, title: str, words: Sequence[str], answer_text: str, by: Person, at: datetime
) -> KnownIssue:
    """Register something that many ask about now, with the answer to all of them.

    Args:
        scope_id: the page where it is asked.
        title: what it is, for colleagues.
        words: an enquiry that holds one of these is about it ("Storgata", "vannet er borte").
        answer_text: what everybody is told.
        by: who registers it.
        at: now.

    Raises NotAllowed, Invalid without words or an answer.
    """
    policies.check_can_answer(by, scope_id=scope_id, at=at)
    kept = [word.strip() for word in words if word.strip()]
    if not title.strip() or not kept or not answer_text.strip():
        raise Invalid(_("Give a title, at least one word to know it by, and the answer."))
    if any(len(word) < SHORTEST_WORD for word in kept):
        raise Invalid(_("Use words of three letters or more, so that it does not match everything."), field="words")
    issue = KnownIssue.objects.create(
        scope_id=scope_id,
        title=title.strip(),
        words=kept,
        answer_text=answer_text.strip(),
        opened_by=by,
        opened_at=at,
    )
    audit.record(events.ISSUE_OPENED, actor=by, scope=scope_id, target=issue, at=at)
    return issue


SHORTEST_WORD = 3


@transaction.atomic
def answer_issue(
    *, issue_id: UUID, seen: Mapping[UUID, int], confirmed: frozenset[str] = frozenset(), by: Person, at: datetime
) -> list[BulkLine]:
    """Answer the chosen enquiries, on any page that the person answers for, as the preview showed them.

    Each is answered as by hand: what has changed since the preview, or cannot be answered now, is left out and told.

    Args:
        issue_id: the known issue.
        seen: the version of each enquiry that the person saw in the preview.
        confirmed: codes of the remarks on the answer that the person stands by.
        by: who answers.
        at: now.

    Raises NotAllowed, NotFound, InvalidTransition when the issue has ended.
    """
    issue = _issue(issue_id, by=by, at=at)
    policies.check_can_answer(by, scope_id=issue.scope_id, at=at)
    facts: dict[str, int | str] = {"issue": str(issue.public_id), "chosen": len(seen)}
    parent = audit.record(events.ISSUE_ANSWERED, actor=by, scope=issue.scope_id, target=issue, at=at, facts=facts)
    return [
        _answer_one(issue, enquiry_id, version, confirmed, by=by, at=at, parent=parent)
        for enquiry_id, version in sorted(seen.items())
    ]


@transaction.atomic
def end_issue(*, issue_id: UUID, by: Person, at: datetime) -> KnownIssue:
    """End a known issue: nobody is answered with it any more. Raises NotAllowed, NotFound, InvalidTransition."""
    issue = _issue(issue_id, by=by, at=at)
    policies.check_can_answer(by, scope_id=issue.scope_id, at=at)
    issue.ended_at = at
    issue.save(update_fields=["ended_at"])
    audit.record(events.ISSUE_ENDED, actor=by, scope=issue.scope_id, target=issue, at=at)
    return issue


def _answer_one(
    issue: KnownIssue,
    enquiry_id: UUID,
    version: int,
    confirmed: frozenset[str],
    *,
    by: Person,
    at: datetime,
    parent: UUID,
) -> BulkLine:
    try:
        # A savepoint of its own: one that cannot be answered takes no other with it.
        with transaction.atomic():
            enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
            _send(issue, enquiry, version, confirmed, by=by, at=at, parent=parent)
    except DomainError as refusal:
        return BulkLine(enquiry_id, version, is_possible=False, text=refusal.message)
    return BulkLine(enquiry_id, version, is_possible=True, text=_("Will be answered"))


def _send(
    issue: KnownIssue,
    enquiry: Enquiry,
    version: int,
    confirmed: frozenset[str],
    *,
    by: Person,
    at: datetime,
    parent: UUID,
) -> None:
    policies.check_can_answer(by, scope_id=enquiry.scope_id, at=at)
    setting = queries.setting_for(enquiry.scope_id)
    if policies.needs_approval(by, scope_id=enquiry.scope_id, setting=setting, at=at):
        raise Invalid(_("Your answers need approval, so you cannot answer many at once."))
    if KnownIssueAnswer.objects.filter(issue=issue, enquiry=enquiry).exists():
        raise InvalidTransition(_("It has had this answer already."))
    loading.check_seen(enquiry, version)
    way = queries.usual_way(enquiry, at=at)
    reply = Reply(way.kind, issue.answer_text, version, confirmed=confirmed)
    answering.check_way(way)
    answering.check_text(enquiry, reply, way, by=by, at=at)
    item = answering.target_of(enquiry, reply)
    written = answering.write(enquiry, reply, item, state=AnswerState.PLANNED, by=by, at=at)
    answering.send(written, enquiry, setting=setting, at=at)
    KnownIssueAnswer.objects.create(issue=issue, enquiry=enquiry, answer=written)
    loading.save(enquiry, Change.ANSWER)
    audit.record(events.ANSWER_PLANNED, actor=by, scope=enquiry.scope_id, target=written, at=at, parent=parent)


def _issue(issue_id: UUID, *, by: Person, at: datetime) -> KnownIssue:
    issue: KnownIssue | None = (
        KnownIssue.objects.visible_to(by, at=at).select_for_update().filter(public_id=issue_id).first()
    )
    if issue is None:
        raise NotFound(_("There is no such known issue."))
    if issue.ended_at is not None:
        raise InvalidTransition(_("This known issue has ended."))
    return issue
