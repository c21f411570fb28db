"""What the check says of a text on its page, and what the information officer lets past there."""

from collections.abc import Iterable
from typing import Any

from torg.core import clock
from torg.crisis.models import Incident
from torg.crisis.types import LetPast
from torg.people import queries as people
from torg.people.access import StaffRequest
from torg.people.types import Permission
from torg.publishing.gate import Remark, words


def told(request: StaffRequest, incident: Incident, remarks: Iterable[Remark]) -> dict[str, Any]:
    """Each remark in words, the codes that stop it, and whether this person may let those past."""
    said = [(one, words.where(one), words.reason(one), words.mend(one)) for one in remarks]
    stopped = sorted({one.code for one, *_told in said if one.refuses})
    scope, at = incident.scope_id, clock.now()
    may = bool(stopped) and people.may(request.person, Permission.OVERRIDE_GATE, scope_id=scope, at=at)
    return {"remarks": said, "stopped": stopped, "may_let_past": may, "reason": request.POST.get("reason", "")}


def past(request: StaffRequest) -> LetPast | None:
    """What is let past, and why; None where nothing is."""
    codes = frozenset(request.POST.getlist("past"))
    return LetPast(codes, request.POST.get("reason", "")[:2000]) if codes else None
