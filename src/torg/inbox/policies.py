"""Who may do what with an enquiry."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import NotAllowed
from torg.inbox.models import Answer, InboxSetting
from torg.people import queries as people
from torg.people.models import Person
from torg.people.policies import check_may
from torg.people.types import Permission, Role


def check_can_handle(by: Actor, *, scope_id: UUID, at: datetime) -> None:
    """Assign, label, snooze, close, move, merge and write notes."""
    check_may(by, Permission.HANDLE, scope_id=scope_id, at=at)


def check_can_answer(by: Person, *, scope_id: UUID, at: datetime) -> None:
    """Answer on behalf of the municipality."""
    check_may(by, Permission.ANSWER, scope_id=scope_id, at=at)


def check_can_submit(by: Person, *, scope_id: UUID, at: datetime) -> None:
    """Write an answer that somebody else approves: everyone with work here, not those who only read."""
    working = (Permission.ANSWER, Permission.HANDLE, Permission.PUBLISH)
    if not any(people.may(by, permission, scope_id=scope_id, at=at) for permission in working):
        raise NotAllowed(_("Your role here is to read. Ask the information officer if you should answer."))


def needs_approval(by: Person, *, scope_id: UUID, setting: InboxSetting, at: datetime) -> bool:
    """Whether what the person writes must be approved before it is sent."""
    if not people.may(by, Permission.ANSWER, scope_id=scope_id, at=at):
        return True
    return setting.case_officers_need_approval and people.role_in(by, scope_id, at=at) == Role.CASE_OFFICER


def check_can_decide(by: Person, answer: Answer, *, setting: InboxSetting, at: datetime) -> None:
    """Approve or send back a waiting answer: somebody who may answer alone, never the one who wrote it."""
    check_can_answer(by, scope_id=answer.scope_id, at=at)
    if answer.written_by_id == by.pk or needs_approval(by, scope_id=answer.scope_id, setting=setting, at=at):
        raise NotAllowed(_("Somebody other than the one who wrote it must approve this answer."))


def check_can_withdraw(by: Person, answer: Answer, *, at: datetime) -> None:
    """Take a planned answer back: the one who wrote it, or anyone who may answer here."""
    if answer.written_by_id != by.pk:
        check_can_answer(by, scope_id=answer.scope_id, at=at)


def check_can_keep_lists(by: Actor, *, at: datetime) -> None:
    """Labels, ready answers, guides: whoever answers somewhere keeps the lists that all use."""
    if not people.may_anywhere(by, Permission.ANSWER, at=at):
        raise NotAllowed(_("Only those who answer keep these lists. Ask the information officer."))


def check_can_set_rules(by: Actor, *, scope_id: UUID | None, at: datetime) -> None:
    """Deadline rules and how the inbox works."""
    check_may(by, Permission.MANAGE_PRESENCE, scope_id=scope_id, at=at)
