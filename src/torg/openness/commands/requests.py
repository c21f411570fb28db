"""Access requests: received, answered, complained over, sent on; and documents fetched by the link."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, InvalidTransition, NotFound
from torg.openness import answering, deadlines, events, loading, receiving
from torg.openness.models import AccessComplaint, AccessDecision, AccessRequest, HandedOut, PublicEntry
from torg.openness.types import Answer, Ask, PublicationState, RequestState
from torg.people.policies import check_may
from torg.people.types import Permission
from torg.records import actors
from torg.records.models import JournalEntry
from torg.records.policies import check_is_a_person


@transaction.atomic
def ask(*, public_entry_id: UUID, wanted: Ask, by: Actor, at: datetime) -> tuple[AccessRequest, str]:
    """Receive a request from the public form; returns it with the secret of its link. Raises NotFound."""
    shown = PublicEntry.objects.filter(public_id=public_entry_id, state=PublicationState.PUBLISHED)
    row: PublicEntry | None = shown.select_related("entry").first()
    if row is None:
        raise NotFound(_("There is no such entry in the public journal."))
    request, secret = receiving.receive(row.entry, wanted, at, by=by)
    receiving.tell_later(request)
    audit.record(events.REQUESTED, actor=by, scope=request.scope_id, target=request, at=at, facts={"way": request.way})
    return request, secret


@transaction.atomic
def enter(
    *, entry_id: UUID, wanted: Ask, by: Actor, at: datetime, received_at: datetime | None = None
) -> AccessRequest:
    """Write in a request that came by e-mail, letter or word of mouth; its days count from when it came.

    Raises NotFound, NotAllowed, Invalid when it came later than now.
    """
    entry: JournalEntry | None = JournalEntry.objects.visible_to(by, at=at).filter(public_id=entry_id).first()
    if entry is None:
        raise NotFound(_("There is no such journal entry."))
    check_may(by, Permission.JOURNAL, scope_id=entry.scope_id, at=at)
    if received_at is not None and received_at > at:
        raise Invalid(_("The request cannot have come later than today."), field="received_on")
    request, _secret = receiving.receive(entry, wanted, received_at or at, by=by)
    receiving.tell_later(request)
    audit.record(events.REQUESTED, actor=by, scope=request.scope_id, target=request, at=at, facts={"way": request.way})
    return request


@transaction.atomic
def decide(*, request_id: UUID, answer: Answer, by: Actor, at: datetime) -> AccessDecision:
    """Answer a request, or look at it again after a complaint; whoever asked is told by e-mail where we have one.

    A reassessment that gives full access ends the complaint; any other leaves it to be sent on. Raises NotFound,
    NotAllowed, Invalid for what the law demands and is missing, InvalidTransition.
    """
    person = check_is_a_person(by)
    request = loading.request_for_change(request_id, by=by, at=at)
    decision = answering.decided(request, answer, person, at=at)
    receiving.tell_later(request)
    facts: dict[str, int | str] = {"outcome": answer.outcome, "ground": _ground(decision)}
    audit.record(events.DECIDED, actor=by, scope=request.scope_id, target=request, at=at, facts=facts)
    return decision


@transaction.atomic
def complain(*, request_id: UUID, text: str, by: Actor, at: datetime) -> AccessComplaint:
    """Receive a complaint over a refusal or over silence. Raises NotFound, NotAllowed, InvalidTransition."""
    request = loading.request_for_change(request_id, by=by, at=at)
    last = request.decisions.order_by("-id").first()
    if not deadlines.may_complain(request, outcome=last.outcome if last else "", at=at):
        raise InvalidTransition(_("There is nothing to complain over yet, or the complaint is received already."))
    made = AccessComplaint.objects.create(
        scope_id=request.scope_id,
        request=request,
        text=text,
        is_over_silence=request.state == RequestState.RECEIVED,
        received_at=at,
        entered_by=actors.told(by),
    )
    _move(request, RequestState.COMPLAINED)
    facts: dict[str, int | str] = {"is_over_silence": int(made.is_over_silence)}
    audit.record(events.COMPLAINED, actor=by, scope=request.scope_id, target=request, at=at, facts=facts)
    return made


@transaction.atomic
def forward_complaint(*, request_id: UUID, by: Actor, at: datetime) -> AccessRequest:
    """Note that the complaint was sent on to the body that decides it, after we looked at it again ourselves.

    Raises NotFound, NotAllowed, InvalidTransition, Invalid without a reassessment of our own.
    """
    request = loading.request_for_change(request_id, by=by, at=at)
    if not request.decisions.filter(is_reassessment=True).exists():
        raise Invalid(_("Look at the decision again first, and write down what you found."))
    request.forwarded_at = at
    _move(request, RequestState.FORWARDED, "forwarded_at")
    audit.record(events.FORWARDED, actor=by, scope=request.scope_id, target=request, at=at)
    return request


@transaction.atomic
def close_request(*, request_id: UUID, by: Actor, at: datetime) -> AccessRequest:
    """Nothing more is to be done. Raises NotFound, NotAllowed, InvalidTransition."""
    request = loading.request_for_change(request_id, by=by, at=at)
    request.answered_at = request.answered_at or at
    _move(request, RequestState.CLOSED, "answered_at")
    audit.record(events.CLOSED, actor=by, scope=request.scope_id, target=request, at=at)
    return request


@transaction.atomic
def take_back(*, request_id: UUID, by: Actor, at: datetime) -> AccessRequest:
    """Whoever asked no longer wants it. Raises NotFound, NotAllowed, InvalidTransition."""
    request = loading.request_for_change(request_id, by=by, at=at)
    _move(request, RequestState.WITHDRAWN)
    audit.record(events.TAKEN_BACK, actor=by, scope=request.scope_id, target=request, at=at)
    return request


@transaction.atomic
def fetch(*, secret: str, file_id: UUID, by: Actor, at: datetime) -> HandedOut:
    """A file that the newest decision hands out, by the secret link; each fetching is in the log. Raises NotFound."""
    request = loading.request_by_secret(secret, at=at)
    newest = request.decisions.order_by("-id").first()
    files = HandedOut.objects.filter(decision=newest, public_id=file_id) if newest else HandedOut.objects.none()
    found = files.select_related("document_object").first()
    if found is None:
        raise NotFound(_("The file does not exist."))
    audit.record(events.FETCHED, actor=by, scope=request.scope_id, target=request, at=at)
    return found


def _move(request: AccessRequest, state: RequestState, *fields: str) -> None:
    request.move_to(state)
    request.save(update_fields=["state", *fields])


def _ground(decision: AccessDecision) -> str:
    return decision.reference.code if decision.reference else "none"
