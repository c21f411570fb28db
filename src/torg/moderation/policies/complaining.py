"""Who may decide a complaint: never one of those who took part in what it is about."""

from datetime import datetime

from django.utils.translation import gettext as _

from torg.core.errors import InvalidTransition, NotAllowed
from torg.moderation.models import Complaint
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission


def is_apart(person: Person, complaint: Complaint) -> bool:
    """Whether the person took no part in what the complaint is about, and is not whom it is about."""
    return person.pk not in complaint.took_part | complaint.involved


def may_judge(person: Person, complaint: Complaint, *, at: datetime) -> bool:
    """A third person with the right to, or the guest to whom it is assigned (strategy B6, forvaltningsloven § 6)."""
    is_chosen = complaint.assigned_to_id == person.pk
    holds = is_chosen or people.may(person, Permission.JUDGE, scope_id=complaint.scope_id, at=at)
    return holds and is_apart(person, complaint)


def may_assign(person: Person, complaint: Complaint, *, at: datetime) -> bool:
    """Those who may judge there, those who may agree to deletions, and the guest who has it and goes away."""
    return complaint.assigned_to_id == person.pk or any(
        people.may(person, permission, scope_id=complaint.scope_id, at=at)
        for permission in (Permission.JUDGE, Permission.AGREE)
    )


def check_can_judge(by: Person, complaint: Complaint, *, at: datetime) -> None:
    """Ask the author, and decide. Raises NotAllowed."""
    if not is_apart(by, complaint):
        raise NotAllowed(_("You took part in the decision, so somebody else must decide the complaint. Assign it."))
    if not may_judge(by, complaint, at=at):
        raise NotAllowed(_("Your role here does not include deciding complaints. Ask the leader."))


def check_can_assign(by: Person, complaint: Complaint, *, at: datetime) -> None:
    """Give a complaint to somebody. Raises NotAllowed."""
    if not may_assign(by, complaint, at=at):
        raise NotAllowed(_("Your role here does not include this. Ask the information officer if you need it."))


def check_open_complaint(complaint: Complaint) -> None:
    """Raises InvalidTransition for a complaint that is decided or taken back."""
    if not complaint.is_open:
        raise InvalidTransition(_("This complaint is finished. Load the page again to see how it ended."))
