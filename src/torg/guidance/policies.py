"""Who may keep the guidance, and who answers whom."""

from datetime import datetime

from django.utils.translation import gettext as _

from torg.core.errors import NotAllowed
from torg.guidance.models import AdviceQuestion
from torg.people.models import Person
from torg.people.policies import check_may
from torg.people.types import Permission


def check_can_keep(by: Person, *, at: datetime) -> None:
    """Word texts, register elections, keep the guide: for the municipality as a whole. Raises NotAllowed."""
    check_may(by, Permission.ADVISE, scope_id=None, at=at)


def check_can_answer(by: Person, question: AdviceQuestion) -> None:
    """Nobody answers a question of their own. Raises NotAllowed; who advises at all is asked where it is loaded."""
    if question.asked_by_id == by.pk:
        raise NotAllowed(_("This is your own question. A colleague has to answer it."))


def check_has_taken(by: Person, question: AdviceQuestion) -> None:
    """Raises NotAllowed for others than the one who has taken the question."""
    if question.taken_by_id != by.pk:
        raise NotAllowed(_("A colleague has taken this question. Ask them, or let them put it back first."))


def check_is_asker(by: Person, question: AdviceQuestion) -> None:
    """Raises NotAllowed for others than whoever asked."""
    if question.asked_by_id != by.pk:
        raise NotAllowed(_("Only the one who asked can ask again here."))
