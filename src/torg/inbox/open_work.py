"""What of the inbox somebody who goes away leaves to a stand-in: enquiries given to them, drafts they have begun."""

from datetime import datetime
from uuid import UUID

from torg.inbox import commands
from torg.inbox.models import Draft, Enquiry
from torg.inbox.types import EnquiryState
from torg.people.models import Person
from torg.people.types import OpenWork

ENQUIRY, DRAFT = "enquiry", "draft"


class Enquiries:
    """Enquiries that are given to somebody and not closed."""

    def held_by(self, holder: Person, *, seen_by: Person, at: datetime) -> list[OpenWork]:
        rows = Enquiry.objects.visible_to(seen_by, at=at).filter(assignee=holder).exclude(state=EnquiryState.CLOSED)
        related = rows.select_related("thread__author", "thread__connection__presence")
        return [_work(ENQUIRY, row) for row in related.order_by("band", "rank_at", "id")]

    def pass_on(self, *, ref: UUID, holder: Person, to: Person, by: Person, at: datetime) -> bool:
        open_still = Enquiry.objects.select_for_update().exclude(state=EnquiryState.CLOSED)
        if not open_still.filter(public_id=ref, assignee=holder).exists():
            return False
        commands.assign(enquiry_id=ref, to_person=to.public_id, by=by, at=at)
        return True


class Drafts:
    """Answers that somebody has begun and not sent; what is empty is left out."""

    def held_by(self, holder: Person, *, seen_by: Person, at: datetime) -> list[OpenWork]:
        begun = Draft.objects.filter(person=holder).exclude(text="").values("enquiry")
        rows = Enquiry.objects.visible_to(seen_by, at=at).filter(pk__in=begun).exclude(state=EnquiryState.CLOSED)
        related = rows.select_related("thread__author", "thread__connection__presence")
        return [_work(DRAFT, row) for row in related.order_by("band", "rank_at", "id")]

    def pass_on(self, *, ref: UUID, holder: Person, to: Person, by: Person, at: datetime) -> bool:
        commands.pass_on_draft(enquiry_id=ref, holder=holder, to=to, by=by, at=at)
        return True


def _work(kind: str, enquiry: Enquiry) -> OpenWork:
    thread = enquiry.thread
    who = thread.author.name if thread.author is not None else ""
    return OpenWork(
        kind=kind,
        ref=enquiry.public_id,
        title=" · ".join(filter(None, (who, thread.connection.presence.name))),
        path=f"/desk/enquiries/{enquiry.public_id}/",
        scope_id=enquiry.scope_id,
        due_at=enquiry.due_at,
    )


ENQUIRIES, DRAFTS = Enquiries(), Drafts()
