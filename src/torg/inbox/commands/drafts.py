"""Drafts, saved while somebody writes. The log holds that one was begun and thrown away, not each keystroke."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import Invalid, NotFound, Stale
from torg.inbox import audit, events, loading, policies
from torg.inbox.models import Draft
from torg.inbox.types import AnswerKind
from torg.people.models import Person


@transaction.atomic
def save_draft(*, enquiry_id: UUID, text: str, kind: AnswerKind, version: int, by: Person, at: datetime) -> Draft:
    """Save what somebody is writing; `version` is the draft's version that they write on (0 for a new one).

    Raises Stale when the same person has written on in another window.
    """
    enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
    policies.check_can_submit(by, scope_id=enquiry.scope_id, at=at)
    draft, is_new = Draft.objects.select_for_update().get_or_create(
        enquiry=enquiry, person=by, defaults={"scope_id": enquiry.scope_id, "saved_at": at}
    )
    if draft.version != version:
        raise Stale(_("You have written on in another window. Load the page to see the newest draft."))
    draft.text, draft.kind, draft.saved_at, draft.version = text, kind, at, version + 1
    draft.save()
    if is_new:
        audit.record(events.DRAFT_BEGUN, actor=by, scope=enquiry.scope_id, target=enquiry, at=at)
    return draft


@transaction.atomic
def discard_draft(*, enquiry_id: UUID, by: Person, at: datetime) -> None:
    """Throw one's own draft away; without one, nothing happens."""
    enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
    deleted, _kinds = Draft.objects.filter(enquiry=enquiry, person=by).delete()
    if deleted:
        audit.record(events.DRAFT_DISCARDED, actor=by, scope=enquiry.scope_id, target=enquiry, at=at)


@transaction.atomic
def pass_on_draft(*, enquiry_id: UUID, holder: Person, to: Person, by: Person, at: datetime) -> Draft:
    """Give somebody's draft to a colleague, who writes on; one that the colleague has already is never written over.

    Raises NotFound when the draft is gone, NotAllowed when the colleague may not write here, Invalid when the
    colleague has one.
    """
    enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
    policies.check_can_submit(to, scope_id=enquiry.scope_id, at=at)
    drafts = {draft.person_id: draft for draft in Draft.objects.select_for_update().filter(enquiry=enquiry)}
    draft = drafts.get(holder.pk)
    if draft is None:
        raise NotFound(_("There is no such draft any more."))
    if to.pk in drafts:
        raise Invalid(_("Your colleague is writing an answer to this already."))
    draft.person, draft.version = to, draft.version + 1
    draft.save(update_fields=["person", "version"])
    facts = {"from": str(holder.public_id), "to": str(to.public_id)}
    audit.record(events.DRAFT_PASSED_ON, actor=by, scope=enquiry.scope_id, target=enquiry, at=at, facts=facts)
    return draft
