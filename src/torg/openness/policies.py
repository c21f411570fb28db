"""Who may publish and decide, and what may stand on the internet."""

from django.utils.translation import gettext as _

from torg.core.errors import Invalid, InvalidTransition
from torg.openness.models import AccessRequest, PublicEntry
from torg.openness.types import NEVER_PUBLIC, AccessOutcome, Answer, Found, PublicationState, RequestState


def check_may_stand(row: PublicEntry, *, because: str) -> None:
    """What must never be public stops, and what a person must judge needs her reason; raises Invalid."""
    if row.state != PublicationState.PROPOSED:
        raise InvalidTransition(_("Somebody has decided about this already. Load the page again."))
    if not row.title.strip() or not row.case_title.strip():
        raise Invalid(_("Write a title. Use ***** for what nobody may read."), field="title")
    stopping = [Found(code) for code in row.findings if code in NEVER_PUBLIC]
    if stopping:
        what = ", ".join(str(code.label) for code in stopping)
        raise Invalid(_("This can never be public: %(what)s. Write ***** instead.") % {"what": what}, field="title")
    if row.findings and not because.strip():
        what = ", ".join(str(Found(code).label) for code in row.findings)
        raise Invalid(
            _("We found: %(what)s. Write ***** instead, or say why it can stand.") % {"what": what}, field="because"
        )


def check_can_answer(request: AccessRequest, answer: Answer) -> None:
    """What the law demands of a decision (offentleglova §§ 11, 31); raises Invalid, InvalidTransition."""
    if request.state not in {RequestState.RECEIVED, RequestState.COMPLAINED}:
        raise InvalidTransition(_("The request is answered already. Load the page again."))
    if answer.outcome == AccessOutcome.FULL:
        return
    if not answer.reference:
        raise Invalid(_("Choose the provision, to paragraph, subsection and letter."), field="reference")
    is_secrecy = answer.reference.startswith("offentleglova-13")
    if is_secrecy and not answer.secrecy.strip():
        raise Invalid(_("Write the rule of secrecy that § 13 refers to."), field="secrecy")
    if not is_secrecy and not answer.is_more_openness_considered:
        raise Invalid(
            _("Consider whether access can be given all the same (§ 11), and tick that you have."),
            field="is_more_openness_considered",
        )
