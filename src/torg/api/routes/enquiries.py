"""Enquiries: the queue, one enquiry with its conversation, and what can be done with it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from torg.api import calls
from torg.api.access import Caller, caller
from torg.api.routes.account import Refusal
from torg.dialogue import queries as dialogue
from torg.dialogue.models import Item
from torg.inbox import commands as inbox
from torg.inbox import queries
from torg.inbox.models import Answer, Enquiry
from torg.inbox.queries.filters import Filters
from torg.inbox.types import AnswerKind, ClosedBecause, Reply
from torg.people.types import Permission

router = Router()


class Person(Schema):
    """Somebody who works here."""

    id: UUID
    name: str


class EnquiryOut(Schema):
    """One conversation that somebody must see through. Text is masked where it holds sensitive content."""

    id: UUID
    page: str
    channel: str
    author: str | None
    state: str
    waiting_for: str
    is_sensitive: bool
    is_question: bool
    due_at: datetime | None
    last_activity_at: datetime
    assignee: Person | None
    version: int
    newest_text: str | None = None
    reasons: list[str] = []


class EnquiryPage(Schema):
    """Some enquiries, and the key to the next ones (`after`), empty at the end."""

    enquiries: list[EnquiryOut]
    after: str


class ItemOut(Schema):
    """Something that was written in the conversation."""

    id: UUID
    kind: str
    author: str | None
    is_own: bool
    text: str | None
    platform_state: str
    versions: int
    posted_at: datetime
    received_at: datetime


class AnswerOut(Schema):
    """An answer of ours and where it stands."""

    id: UUID
    kind: str
    state: str
    text: str
    written_at: datetime
    written_by: str | None


class EnquirySheet(EnquiryOut):
    """The enquiry with its conversation and our answers."""

    items: list[ItemOut]
    answers: list[AnswerOut]


class NoteIn(Schema):
    """A note to colleagues."""

    text: str = Field(max_length=10_000)


class AssignmentIn(Schema):
    """To whom: a person or a unit; neither takes it from whoever has it."""

    person: UUID | None = None
    unit: UUID | None = None


class ClosureIn(Schema):
    """Why it is closed."""

    because: ClosedBecause


class AnswerIn(Schema):
    """An answer. `seen_version` is the enquiry's version that the writer saw: if it has changed, 409 says so.

    `confirmed` names remarks of the check that the writer has read and stands by.
    """

    kind: AnswerKind
    text: str = Field(max_length=60_000)
    seen_version: int
    item: UUID | None = None
    confirmed: list[str] = []


REFUSALS = {403: Refusal, 404: Refusal, 409: Refusal, 422: Refusal}


def told(enquiry: Enquiry, *, newest: Item | None = None, reasons: Iterable[str] = ()) -> dict[str, object]:
    """The enquiry as the API tells it."""
    thread = enquiry.thread
    return {
        "id": enquiry.public_id,
        "page": thread.connection.presence.name,
        "channel": enquiry.platform,
        "author": thread.author.name if thread.author else None,
        "state": enquiry.state,
        "waiting_for": enquiry.waiting_for,
        "is_sensitive": enquiry.is_sensitive,
        "is_question": enquiry.is_question,
        "due_at": enquiry.due_at,
        "last_activity_at": enquiry.last_activity_at,
        "assignee": {"id": enquiry.assignee.public_id, "name": enquiry.assignee.name} if enquiry.assignee else None,
        "version": enquiry.version,
        "newest_text": newest.masked_text if newest else None,
        "reasons": list(reasons),
    }


def told_item(item: Item) -> dict[str, object]:
    """An item as the API tells it: with its mask on, and nothing of a message that was taken back."""
    return {
        "id": item.public_id,
        "kind": item.kind,
        "author": item.author.name if item.author else None,
        "is_own": item.is_own,
        "text": None if item.is_unsent else item.masked_text,
        "platform_state": item.platform_state,
        "versions": item.version_count,
        "posted_at": item.posted_at,
        "received_at": item.received_at,
    }


def told_answer(answer: Answer) -> dict[str, object]:
    """An answer as the API tells it."""
    return {
        "id": answer.public_id,
        "kind": answer.kind,
        "state": answer.state,
        "text": answer.text,
        "written_at": answer.written_at,
        "written_by": answer.written_by.name if answer.written_by else None,
    }


@router.get("", response={200: EnquiryPage, 403: Refusal, 422: Refusal}, summary="The queue", operation_id="enquiries")
def index(request: HttpRequest, view: str = "OPEN", text: str = "", after: str = "") -> dict[str, object]:
    """A page of the queue, as the screens rank it. Search finds masked text only."""
    who = caller(request)
    filters = Filters.read({"view": view, "text": text})
    page = queries.page(who.person, filters, at=who.at, after=after, within=who.scope_ids(Permission.READ))
    rows = [told(row.enquiry, newest=row.newest, reasons=[reason.code for reason in row.reasons]) for row in page.rows]
    return {"enquiries": rows, "after": page.after}


@router.get(
    "{uuid:enquiry_id}", response={200: EnquirySheet, **REFUSALS}, summary="One enquiry", operation_id="enquiry"
)
def sheet(request: HttpRequest, enquiry_id: UUID) -> dict[str, object]:
    """The enquiry with the whole conversation and our answers."""
    who = caller(request)
    enquiry = reached(who, enquiry_id, Permission.READ)
    view = dialogue.thread_with_context(who.person, enquiry.thread.public_id, at=who.at)
    shown = queries.sheet(who.person, enquiry, at=who.at)
    return {
        **told(enquiry, reasons=[reason.code for reason in shown.reasons]),
        "items": [told_item(item) for item in view.items],
        "answers": [told_answer(answer) for answer in shown.answers],
    }


@router.post(
    "{uuid:enquiry_id}/notes", response={201: None, **REFUSALS}, summary="Write a note", operation_id="add_note"
)
def add_note(request: HttpRequest, enquiry_id: UUID, body: NoteIn) -> Status[None]:
    """To colleagues only; it stops no deadline."""
    who = caller(request)
    reached(who, enquiry_id, Permission.HANDLE)
    with calls.acting(who, "add_note"):
        inbox.add_note(enquiry_id=enquiry_id, text=body.text, by=who.person, at=who.at)
    return Status(201, None)


@router.put("{uuid:enquiry_id}/assignment", response={204: None, **REFUSALS}, summary="Assign", operation_id="assign")
def assign(request: HttpRequest, enquiry_id: UUID, body: AssignmentIn) -> Status[None]:
    """To a person or a unit."""
    who = caller(request)
    reached(who, enquiry_id, Permission.HANDLE)
    with calls.acting(who, "assign"):
        inbox.assign(enquiry_id=enquiry_id, to_person=body.person, to_unit=body.unit, by=who.person, at=who.at)
    return Status(204, None)


@router.post("{uuid:enquiry_id}/closure", response={204: None, **REFUSALS}, summary="Close", operation_id="close")
def close(request: HttpRequest, enquiry_id: UUID, body: ClosureIn) -> Status[None]:
    """It is answered, or needs no answer; a new question opens it again."""
    who = caller(request)
    reached(who, enquiry_id, Permission.HANDLE)
    with calls.acting(who, "close"):
        inbox.close(enquiry_id=enquiry_id, because=body.because, by=who.person, at=who.at)
    return Status(204, None)


@router.post(
    "{uuid:enquiry_id}/answers", response={202: AnswerOut, **REFUSALS}, summary="Answer", operation_id="answer"
)
def answer(request: HttpRequest, enquiry_id: UUID, body: AnswerIn) -> Status[dict[str, object]]:
    """Planned here, sent by the outbox: follow `state` until it is CONFIRMED."""
    who = caller(request)
    reached(who, enquiry_id, Permission.ANSWER)
    reply = Reply(
        kind=body.kind,
        text=body.text,
        seen_version=body.seen_version,
        item_id=body.item,
        confirmed=frozenset(body.confirmed),
    )
    with calls.acting(who, "answer"):
        written = inbox.answer(enquiry_id=enquiry_id, reply=reply, by=who.person, at=who.at)
    return Status(202, told_answer(written))


def reached(who: Caller, enquiry_id: UUID, permission: Permission) -> Enquiry:
    """The enquiry, if both the person and the token reach it; raises NotFound, or NotAllowed for the act."""
    enquiry = queries.enquiry_for(who.person, enquiry_id, at=who.at)
    who.check(enquiry.scope_id, permission)
    return enquiry
