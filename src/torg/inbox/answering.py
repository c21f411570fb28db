"""From what somebody has written to an act in the outbox: target, way, check, promises."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from torg.connectors.contract import Act, ActKind
from torg.core.errors import Invalid, Unavailable
from torg.dialogue.models import Item, PlatformState
from torg.inbox import checks, promising, windows
from torg.inbox.models import Answer, Draft, Enquiry, InboxSetting
from torg.inbox.types import AnswerKind, AnswerState, Remark, Reply, WaitingFor
from torg.outbox import commands as outbox
from torg.outbox.types import Planned
from torg.people.models import Person

HANDLER = "channels.act"
SUBJECT = "inbox.answer"
LOCAL = ZoneInfo("Europe/Oslo")

ACTS = {
    AnswerKind.PUBLIC_REPLY: ActKind.REPLY,
    AnswerKind.PRIVATE_REPLY: ActKind.PRIVATE_REPLY,
    AnswerKind.MESSAGE: ActKind.MESSAGE,
}
CAME_TO_NOTHING = [AnswerState.REJECTED, AnswerState.SUPERSEDED, AnswerState.WITHDRAWN, AnswerState.REFUSED]
CAME_TO_NOTHING += [AnswerState.FAILED]


class NeedsConfirmation(Invalid):
    """The check before sending found something that the person has not confirmed; `remarks` says what."""

    def __init__(self, remarks: list[Remark]) -> None:
        super().__init__(
            _("Look at this before you send: %(advice)s") % {"advice": " ".join(str(each.advice) for each in remarks)},
            field="text",
        )
        self.remarks = remarks


class WayClosed(Unavailable):
    """The way is closed, by a window or a lost connection; the text says why and what to do instead."""


def target_of(enquiry: Enquiry, reply: Reply) -> Item | None:
    """The item that is answered: the named one, else the newest that somebody else wrote and that is still there."""
    items = Item.objects.filter(thread=enquiry.thread, is_own=False, is_placeholder=False)
    if reply.item_id is not None:
        item: Item | None = items.filter(public_id=reply.item_id).first()
        if item is None:
            raise Invalid(_("What you answer is no longer part of this enquiry. Load the page again."))
        return item
    there = items.exclude(platform_state=PlatformState.DELETED_BY_AUTHOR).exclude(is_unsent=True)
    newest: Item | None = there.order_by("-posted_at", "-id").first()
    return newest


def way_for(enquiry: Enquiry, kind: AnswerKind, item: Item | None, *, at: datetime) -> windows.Way:
    """The way that an answer would take now."""
    return windows.way_of(kind, thread=enquiry.thread, item=item, has_private_reply=has_private_reply(item), at=at)


def has_private_reply(item: Item | None) -> bool:
    """Whether the comment has had, or is about to have, its one private reply."""
    sent = Answer.objects.filter(item=item, kind=AnswerKind.PRIVATE_REPLY) if item else Answer.objects.none()
    return sent.exclude(state__in=CAME_TO_NOTHING).exists()


def check_way(way: windows.Way) -> None:
    """Raises WayClosed, with the reason and another way."""
    if not way.is_open:
        raise WayClosed(f"{way.reason} {way.other_way}")


def check_text(enquiry: Enquiry, reply: Reply, way: windows.Way, *, by: Person, at: datetime) -> None:
    """Raises NeedsConfirmation for what the person has not looked at."""
    remarks = remarks_on(enquiry, reply, way, by=by, at=at)
    left = checks.unconfirmed(remarks, reply.confirmed)
    if left:
        raise NeedsConfirmation(left)


def remarks_on(enquiry: Enquiry, reply: Reply, way: windows.Way, *, by: Person, at: datetime) -> list[Remark]:
    """What to look at in an answer before it is sent."""
    waiting = Answer.objects.filter(enquiry=enquiry, state=AnswerState.WAITING).exclude(written_by=by)
    return checks.check(
        reply.text,
        kind=reply.kind,
        limit=way.limit,
        sender=by.name,
        written_on=at.astimezone(LOCAL).date(),
        waits_elsewhere=waiting.exists(),
    )


def write(
    enquiry: Enquiry, reply: Reply, item: Item | None, *, state: AnswerState, by: Person | None, at: datetime
) -> Answer:
    """The answer's row; one that waits gives way to it, and the person's draft is done with."""
    if by is not None:
        Answer.objects.filter(enquiry=enquiry, state=AnswerState.WAITING).update(state=AnswerState.SUPERSEDED)
        Draft.objects.filter(enquiry=enquiry, person=by).delete()
    return Answer.objects.create(
        scope_id=enquiry.scope_id,
        enquiry=enquiry,
        kind=reply.kind,
        item=item,
        text=reply.text.strip(),
        state=state,
        is_automatic=by is None,
        closes_enquiry=reply.closes,
        new_due_at=reply.new_due_at,
        confirmed_remarks=sorted(reply.confirmed),
        written_by=by,
        written_at=at,
    )


def send(answer: Answer, enquiry: Enquiry, *, setting: InboxSetting, at: datetime) -> None:
    """Plan it into the outbox, with the seconds in which it can be taken back; note what it promises."""
    answer.move_to(AnswerState.PLANNED)
    act = outbox.plan(planned(answer, enquiry, wait_seconds=setting.undo_seconds, at=at), at=at)
    answer.act_id = act.public_id
    answer.save()
    promising.remember(answer, enquiry, at=at)
    if enquiry.waiting_for == WaitingFor.APPROVAL and not answer.is_automatic:
        enquiry.waiting_for = WaitingFor.US
    if enquiry.assignee_id is None and answer.written_by_id is not None:
        enquiry.assignee_id = answer.written_by_id


def planned(answer: Answer, enquiry: Enquiry, *, wait_seconds: int, at: datetime) -> Planned:
    """The act as the outbox takes it; sends to the same place stand in line."""
    connection = enquiry.thread.connection
    is_message = answer.kind == AnswerKind.MESSAGE
    target_id = enquiry.thread.root_external_id if is_message or answer.item is None else answer.item.external_id
    act = Act(
        kind=ACTS[AnswerKind(answer.kind)],
        account_id=connection.external_id,
        target_id=target_id,
        text=answer.text,
        is_human=not answer.is_automatic,
    )
    fields: dict[str, Any] = asdict(act)
    del fields["pictures"]
    return Planned(
        handler=HANDLER,
        kind=act.kind.value,
        scope_id=enquiry.scope_id,
        serial_key=f"{connection.public_id}:{target_id}"[:200],
        subject_kind=SUBJECT,
        subject_id=answer.public_id,
        payload={"act": {**fields, "kind": act.kind.value}, "connection": str(connection.public_id)},
        not_before=at + timedelta(seconds=wait_seconds) if wait_seconds else None,
        place=connection.platform_name,
    )
