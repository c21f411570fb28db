"""The letter that answers an access request, in the requester's language."""

from django.utils import formats, translation
from django.utils.translation import gettext as _

from torg.openness.models import AccessRequest
from torg.openness.types import AccessOutcome, Answer
from torg.records.models import LegalReference


def decision(
    request: AccessRequest, answer: Answer, reference: LegalReference | None, *, complaint_body: str, signed: str
) -> str:
    """What is decided, on what ground, and how one complains (offentleglova §§ 31–32)."""
    with translation.override(request.language):
        parts = [_("Answer to your request for access"), _about(request), _decided(answer)]
        if reference is not None and answer.outcome != AccessOutcome.FULL:
            parts += _refusing(request, answer, reference, complaint_body)
        if answer.reasons.strip():
            parts.append(answer.reasons.strip())
        return "\n\n".join([*parts, signed])


def _about(request: AccessRequest) -> str:
    received = formats.date_format(request.received_at, "j. F Y")
    return _("You asked on %(day)s to read the document %(number)s.") % {
        "day": received,
        "number": request.entry.own_number,
    }


def _decided(answer: Answer) -> str:
    if answer.outcome == AccessOutcome.FULL:
        return _("You get access to the whole document. You fetch it by the link that you have got.")
    if answer.outcome == AccessOutcome.PARTIAL:
        return _("You get access to the document without the parts named below. You fetch it by the link.")
    return _("You do not get access to the document.")


def _refusing(request: AccessRequest, answer: Answer, reference: LegalReference, complaint_body: str) -> list[str]:
    ground = reference.cited if not answer.secrecy else f"{reference.cited}, {answer.secrecy}"
    summary = reference.summary_nn if request.language == "nn" else reference.summary_nb
    parts = [_("The ground is %(ground)s. The provision says: %(summary)s") % {"ground": ground, "summary": summary}]
    if answer.is_more_openness_considered:
        parts.append(
            _("We have considered whether you can get access all the same (offentleglova § 11), and found that not.")
        )
    elif answer.secrecy:
        parts.append(_("This is secret by law, so that we cannot choose to give access."))
    parts.append(
        _(
            "You can complain within three weeks from when you get this. Send the complaint to us, by the link or in a "
            "letter. We look at it again. If we do not change the decision, we send it on to %(body)s, who decides. "
            "You can also ask for the grounds in more detail within three weeks; you get an answer in ten working days."
        )
        % {"body": complaint_body}
    )
    return parts
