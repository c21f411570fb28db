"""Promises: made by hand where the answer's words did not show it, and settled."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.core.errors import Invalid, InvalidTransition, NotFound
from torg.inbox import audit, events, loading, policies, promising
from torg.inbox.models import Promise
from torg.inbox.models.promises import NEXT_STATES
from torg.inbox.types import PromiseState
from torg.people.models import Person


@transaction.atomic
def make_promise(*, enquiry_id: UUID, on: date, by: Person, at: datetime) -> Promise:
    """Remember that something was promised by a day (løfte). Raises NotAllowed, Invalid for a day that has passed."""
    enquiry = loading.enquiry_for_change(enquiry_id=enquiry_id, by=by, at=at)
    policies.check_can_handle(by, scope_id=enquiry.scope_id, at=at)
    due_at, remind_at = promising.times(on, enquiry, at=at)
    if due_at < at:
        raise Invalid(_("That day has passed. Choose a day that lies ahead."), field="on")
    promise = Promise.objects.create(
        scope_id=enquiry.scope_id, enquiry=enquiry, due_at=due_at, remind_at=remind_at, made_by=by, made_at=at
    )
    audit.record(events.PROMISE_MADE, actor=by, scope=enquiry.scope_id, target=promise, at=at)
    return promise


@transaction.atomic
def settle_promise(*, promise_id: UUID, state: PromiseState, by: Person, at: datetime) -> Promise:
    """Say that a promise was kept, or was none. That it was broken, the date says by itself.

    Raises NotAllowed, NotFound, InvalidTransition when it is settled.
    """
    promise: Promise | None = (
        Promise.objects.visible_to(by, at=at).select_for_update().filter(public_id=promise_id).first()
    )
    if promise is None:
        raise NotFound(_("There is no such promise."))
    policies.check_can_handle(by, scope_id=promise.scope_id, at=at)
    if state not in NEXT_STATES[PromiseState(promise.state)]:
        raise InvalidTransition(_("This promise is settled already."))
    promise.state, promise.settled_at, promise.settled_by = state, at, by
    promise.save()
    facts = {"state": state.value}
    audit.record(events.PROMISE_SETTLED, actor=by, scope=promise.scope_id, target=promise, at=at, facts=facts)
    return promise
