"""The one thing to do next in an incident: under stress nobody should have to look for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from torg.crisis.models import Incident, Statement
from torg.crisis.types import StatementState

# So long before a promised statement is due, it is the next thing to do.
SOON = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class NextAct:
    """A button, and why it is that one."""

    label: str
    address: str
    icon: str
    why: str = ""


def next_act(
    incident: Incident, statements: Sequence[Statement], *, asking: int, may_approve: bool, at: datetime
) -> NextAct:
    """What waits longest for somebody: a draft, the first word, a promise, those who ask; else the next statement."""
    drafts = [row for row in statements if row.state == StatementState.DRAFT]
    write = reverse("crisis:new-statement", args=[incident.public_id])
    if drafts and may_approve:
        address = reverse("crisis:statement", args=[drafts[0].public_id])
        return NextAct(_("Read and approve the statement"), address, "check", _("A statement waits for approval."))
    if not statements:
        return NextAct(_("Write the first statement"), write, "send", _("Nothing is said yet."))
    if incident.next_statement_at is not None and incident.next_statement_at <= at + SOON:
        return NextAct(_("Write the statement you have promised"), write, "send", _("Its time is here."))
    if asking and may_approve:
        said = ngettext("%(count)d person waits for an answer.", "%(count)d people wait for an answer.", asking)
        address = reverse("crisis:questions", args=[incident.public_id])
        return NextAct(_("Answer what people ask"), address, "question", said % {"count": asking})
    return NextAct(_("Write a statement"), write, "send")
