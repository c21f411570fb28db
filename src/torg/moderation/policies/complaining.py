"""Who may decide a complaint: never one of those who took part in what it is about."""

from datetime import datetime

from django.utils.translation import gettext as _

from torg.core.errors import InvalidTransition, NotAllowed
from torg.moderation.models import Complaint, Involved, TemporaryHiding
from torg.people import queries as people
from torg.people.models import Person
from torg.people.policies import check_may
from torg.people.types import Permission


def took_part(complaint: Complaint) -> set[int]:
    """The keys of everyone who proposed, agreed to, or hid what the complaint is about."""
    hidden = TemporaryHiding.objects.filter(case_id=complaint.decision.case_id)
    return {complaint.proposed_by_id, complaint.agreed_by_id, *hidden.values_list("hidden_by_id", flat=True)}


def check_can_judge(by: Person, complaint: Complaint, *, at: datetime) -> None:
    """Ask the author, and decide: a third person with the right to, or the guest to whom it is assigned.

    Raises NotAllowed; forvaltningsloven § 6 and strategy B6 (another person than those who decided).
    """
    if complaint.assigned_to_id != by.pk:
        check_may(by, Permission.JUDGE, scope_id=complaint.scope_id, at=at)
    involved = Involved.objects.filter(case_id=complaint.decision.case_id, person=by)
    if by.pk in took_part(complaint) or involved.exists():
        raise NotAllowed(_("You took part in the decision, so somebody else must decide the complaint. Assign it."))


def check_can_assign(by: Person, complaint: Complaint, *, at: datetime) -> None:
    """Give a complaint to somebody: those who may judge, and those who may agree to deletions. Raises NotAllowed."""
    if not people.may(by, Permission.AGREE, scope_id=complaint.scope_id, at=at):
        check_may(by, Permission.JUDGE, scope_id=complaint.scope_id, at=at)


def check_open_complaint(complaint: Complaint) -> None:
    """Raises InvalidTransition for a complaint that is decided or taken back."""
    if not complaint.is_open:
        raise InvalidTransition(_("This complaint is finished. Load the page again to see how it ended."))
