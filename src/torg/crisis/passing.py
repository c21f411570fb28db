"""What publishing's check of language stops of what is said, and what the information officer lets past it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from torg.core.errors import Invalid
from torg.crisis import speaking
from torg.crisis.models import Incident, LogEntry
from torg.crisis.types import LetPast
from torg.crisis.wording import LINK
from torg.people.models import Person
from torg.people.policies import check_may
from torg.people.types import Permission
from torg.publishing import checking
from torg.publishing.gate import Remark, words
from torg.publishing.policies import NotPassed
from torg.publishing.types import Content


def remarks_on(said: Content, *, at: datetime) -> Sequence[Remark]:
    """Everything that the check says of it, on our own site and on each channel; nothing here ever has a lead."""
    return [remark for remark in checking.remarks_of(said, at=at, link=LINK) if remark.place.part != "lead"]


def remarks_on_all(texts: Mapping[str, Any], *, main: str, at: datetime) -> Sequence[Remark]:
    """The same of texts by language that are not kept yet; nothing while they are not whole."""
    try:
        return remarks_on(speaking.content(speaking.kept(texts, main=main), main=main), at=at)
    except Invalid:
        return []


def let_past(
    incident: Incident, what: str, said: Content, past: LetPast | None, *, by: Person, at: datetime
) -> list[str]:
    """The codes that are let past; the log of the incident has the reason, and `what` it was. In an exercise too.

    Raises NotPassed for what the officer has not seen and let past, NotAllowed for others, Invalid without a reason.
    """
    stopped = {remark.code: remark for remark in remarks_on(said, at=at) if remark.refuses}
    left = [remark for code, remark in stopped.items() if past is None or code not in past.codes]
    if left:
        told = " ".join(f"{words.reason(remark)} {words.mend(remark)}" for remark in left)
        raise NotPassed(_("The check stops this text. %(told)s") % {"told": told})
    if past is None or not stopped:
        return []
    check_may(by, Permission.OVERRIDE_GATE, scope_id=incident.scope_id, at=at)
    if not past.reason.strip():
        raise Invalid(_("Write why it must go out as it is."), field="reason")
    LogEntry.objects.create(
        incident=incident,
        text=_("Let past the check of language: %(what)s. %(reason)s") % {"what": what, "reason": past.reason.strip()},
        written_by=by,
        written_at=at,
    )
    return sorted(stopped)
