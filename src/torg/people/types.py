"""Roles and what each may do; the words of absence and of what colleagues are told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person is here, for one scope or for all of them (strategy B1)."""

    OFFICER = "OFFICER", _("Information officer")
    DEPUTY = "DEPUTY", _("Deputy information officer")
    PAGE_ADMINISTRATOR = "PAGE_ADMINISTRATOR", _("Page administrator")
    CONTRIBUTOR = "CONTRIBUTOR", _("Contributor")
    CASE_OFFICER = "CASE_OFFICER", _("Case officer")
    ARCHIVIST = "ARCHIVIST", _("Archivist")
    LEADER = "LEADER", _("Leader")
    AUDITOR = "AUDITOR", _("Auditor")


class Permission(TextChoices):
    """What can be allowed. `docs/generated/permissions.md` shows who may do what."""

    READ = "READ", _("Read what people have written")
    OPEN_SENSITIVE = "OPEN_SENSITIVE", _("Open text that is masked")
    HANDLE = "HANDLE", _("Assign, label, snooze and write notes")
    ANSWER = "ANSWER", _("Answer on behalf of the municipality")
    HIDE = "HIDE", _("Hide for the time being")
    PUBLISH = "PUBLISH", _("Publish posts")
    APPROVE_POSTS = "APPROVE_POSTS", _("Approve posts that others have written")
    OVERRIDE_GATE = "OVERRIDE_GATE", _("Publish what the check of language and accessibility refuses")
    KEEP_PLAN = "KEEP_PLAN", _("Decide topics, goals and rules for publishing")
    AGREE = "AGREE", _("Agree to a deletion")
    KEEP_RULES = "KEEP_RULES", _("Keep the rules for discussion")
    JUDGE = "JUDGE", _("Decide complaints")
    JOURNAL = "JOURNAL", _("Assess and journal")
    MANAGE_PRESENCE = "MANAGE_PRESENCE", _("Manage a page and its connections")
    MANAGE_PEOPLE = "MANAGE_PEOPLE", _("Manage people, roles and hours")
    READ_AUDIT = "READ_AUDIT", _("Read the audit log")
    MANAGE_API = "MANAGE_API", _("Manage integrations")
    RUN_CRISIS = "RUN_CRISIS", _("Open and lead an incident")
    ADVISE = "ADVISE", _("Advise colleagues and keep the guidance")


_HANDLER = frozenset({Permission.READ, Permission.HANDLE, Permission.ANSWER})
_ADMINISTRATOR = _HANDLER | {Permission.OPEN_SENSITIVE, Permission.HIDE, Permission.PUBLISH, Permission.APPROVE_POSTS}
_EDITOR = _ADMINISTRATOR | {
    Permission.AGREE,
    Permission.JUDGE,
    Permission.KEEP_RULES,
    Permission.MANAGE_PRESENCE,
    Permission.MANAGE_PEOPLE,
    Permission.READ_AUDIT,
    Permission.MANAGE_API,
    Permission.ADVISE,
    Permission.KEEP_PLAN,
    Permission.RUN_CRISIS,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    # The one who answers for the channels may let something out past the gate, with a reason (strategy A1).
    Role.OFFICER: _EDITOR | {Permission.OVERRIDE_GATE},
    Role.DEPUTY: _EDITOR,
    Role.PAGE_ADMINISTRATOR: _ADMINISTRATOR,
    Role.CONTRIBUTOR: frozenset({Permission.READ, Permission.PUBLISH}),
    # Who handles a case must be able to read the phone number in it; each opening is in the log.
    Role.CASE_OFFICER: _HANDLER | {Permission.OPEN_SENSITIVE},
    Role.ARCHIVIST: frozenset({Permission.READ, Permission.OPEN_SENSITIVE, Permission.JOURNAL}),
    # A third person for complaints over what the officer and the deputy decided (strategy B6); and whoever leads the
    # municipality must reach the switch that opens an incident (strategy A8).
    Role.LEADER: frozenset({Permission.READ, Permission.JUDGE, Permission.RUN_CRISIS}),
    Role.AUDITOR: frozenset({Permission.READ, Permission.READ_AUDIT}),
}


def roles_with(permission: Permission) -> list[Role]:
    """The roles that carry `permission`."""
    return [role for role, permissions in ROLE_PERMISSIONS.items() if permission in permissions]


class EntrustedState(TextChoices):
    """Where a piece of work is that was left to a stand-in."""

    PLANNED = "PLANNED", _("Goes to the stand-in when the absence begins")
    GIVEN = "GIVEN", _("With the stand-in")
    MISSED = "MISSED", _("Taken by somebody else, or done")
    RETURNED = "RETURNED", _("Back again")
    KEPT = "KEPT", _("Stays with the stand-in")


class NotificationKind(TextChoices):
    """What colleagues are told of by e-mail; danger to life and emergency access are not: they come at any hour."""

    ASSIGNED = "ASSIGNED", _("An enquiry is given to you")
    HANDED_OVER = "HANDED_OVER", _("Work is handed over to you")
    AWAY = "AWAY", _("A colleague has registered that you are away")
    STAND_IN = "STAND_IN", _("You are to stand in for somebody")
    UNCOVERED = "UNCOVERED", _("Somebody's stand-in is away too")
    ADVICE_ASKED = "ADVICE_ASKED", _("A colleague asks for advice")
    ADVICE_ANSWERED = "ADVICE_ANSWERED", _("Your question about advice is answered")
    ACKNOWLEDGE = "ACKNOWLEDGE", _("It is time to confirm that you know the poster")
    DUTY_SOON = "DUTY_SOON", _("A duty on a page is soon too late")
    DUTY_MISSED = "DUTY_MISSED", _("A duty on a page was not kept")
    LEAVER = "LEAVER", _("Somebody has left, and their access must end")
    ACCESS = "ACCESS", _("Who has access on a platform differs from the register")
    APPLICATION_SENT = "APPLICATION_SENT", _("Somebody applies to open a page")
    APPLICATION_DECIDED = "APPLICATION_DECIDED", _("An application to open a page that concerns you is decided")
    EXPORT_READY = "EXPORT_READY", _("The export that you ordered is ready. You can fetch it for 90 days.")
    EXPORT_FAILED = "EXPORT_FAILED", _("The export that you ordered could not be made. Order it again.")
    DIGEST = "DIGEST", _("The week in figures, for leaders")


class Tell(TextChoices):
    """How soon somebody wants to be told."""

    AT_ONCE = "AT_ONCE", _("At once")
    DAILY = "DAILY", _("Together, once a day")
    NEVER = "NEVER", _("Never")


USUALLY: dict[NotificationKind, Tell] = {
    NotificationKind.ASSIGNED: Tell.DAILY,
    NotificationKind.HANDED_OVER: Tell.AT_ONCE,
    NotificationKind.AWAY: Tell.AT_ONCE,
    NotificationKind.STAND_IN: Tell.AT_ONCE,
    NotificationKind.UNCOVERED: Tell.AT_ONCE,
    NotificationKind.ADVICE_ASKED: Tell.DAILY,
    NotificationKind.ADVICE_ANSWERED: Tell.AT_ONCE,
    NotificationKind.ACKNOWLEDGE: Tell.DAILY,
    # A few open hours are left: in tomorrow's letter it would come too late.
    NotificationKind.DUTY_SOON: Tell.AT_ONCE,
    NotificationKind.DUTY_MISSED: Tell.DAILY,
    NotificationKind.LEAVER: Tell.AT_ONCE,
    NotificationKind.ACCESS: Tell.DAILY,
    NotificationKind.APPLICATION_SENT: Tell.DAILY,
    NotificationKind.APPLICATION_DECIDED: Tell.AT_ONCE,
    NotificationKind.EXPORT_READY: Tell.AT_ONCE,
    NotificationKind.EXPORT_FAILED: Tell.AT_ONCE,
    NotificationKind.DIGEST: Tell.AT_ONCE,
}


class LetterKind(TextChoices):
    """What sort of e-mail it is."""

    NOTICE = "NOTICE", _("Notice")
    DIGEST = "DIGEST", _("Weekly digest")


class LetterState(TextChoices):
    """Where an e-mail to a colleague stands."""

    CLAIMED = "CLAIMED", _("Being sent")
    SENT = "SENT", _("Sent")
    UNCONFIRMED = "UNCONFIRMED", _("May have been sent")
    FAILED = "FAILED", _("Not sent")


@dataclass(frozen=True, slots=True)
class OpenWork:
    """One piece of open work that somebody holds; `title` is shown to those who may see it only."""

    kind: str
    ref: UUID
    title: str
    path: str
    scope_id: UUID | None = None
    due_at: datetime | None = None
