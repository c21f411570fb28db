"""Access requests as subjects of assessment: by itself a request is exempt from journaling, with a complaint it is not.

arkivforskrifta § 14(3) excepts requests, except for closer reasons, complaints, and how access is given.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.openness.models import AccessComplaint, AccessDecision, AccessRequest
from torg.records.codes import FactCode
from torg.records.models import Assessment
from torg.records.types import Author, Captured, Changes, Snapshot, Subject, SubjectFacts, Version

KIND = "openness.request"
CHANNEL = "access"


def snapshot(subject_id: UUID, *, at: datetime) -> Snapshot:
    """The request, its decisions and the complaint, in the order in which they came; raises NotFound."""
    complaint = _complaint(subject_id)
    if complaint is None:
        raise NotFound(_("There is no such access request."))
    request = complaint.request
    said = [_wish(request), *map(_letter, request.decisions.order_by("id")), _complained(complaint)]
    return Snapshot(
        subject=Subject(KIND, request.public_id),
        scope_id=request.scope_id,
        title=_title(request),
        channel=CHANNEL,
        place=request.entry.own_number,
        taken_at=at,
        items=tuple(sorted(said, key=lambda one: one.received_at)),
    )


def facts(subject_id: UUID, *, at: datetime) -> SubjectFacts | None:
    """What bears on the assessment; None for a request without a complaint, which is exempt."""
    complaint = _complaint(subject_id)
    if complaint is None:
        return None
    request = complaint.request
    codes = {FactCode.ASKED.value, FactCode.CASE_WORDS.value}
    if request.decisions.exists():
        codes |= {FactCode.DECISION.value, FactCode.ANSWERED.value}
    return SubjectFacts(
        subject=Subject(KIND, request.public_id),
        scope_id=request.scope_id,
        channel=CHANNEL,
        mark=complaint.pk,
        codes=frozenset(codes),
        title=_title(request),
    )


def changed(*, after: int, limit: int) -> Changes:
    """The next `limit` complaints, in the order in which they came."""
    rows = list(
        AccessComplaint.objects.filter(id__gt=after).order_by("id").values_list("id", "request__public_id")[:limit]
    )
    return Changes([public_id for _id, public_id in rows], rows[-1][0] if rows else after)


def overlooked(*, limit: int) -> Sequence[UUID]:
    """Complaints that no assessment tells of."""
    known = Assessment.objects.filter(subject_kind=KIND, subject_id=OuterRef("request__public_id"))
    rows = AccessComplaint.objects.filter(~Exists(known)).order_by("id")
    return list(rows.values_list("request__public_id", flat=True)[:limit])


def address(subject_id: UUID) -> str:
    """The page of the request."""
    return reverse("openness:request", args=[subject_id])


def _complaint(subject_id: UUID) -> AccessComplaint | None:
    rows = AccessComplaint.objects.filter(request__public_id=subject_id)
    found: AccessComplaint | None = rows.select_related("request__entry__case_file").first()
    return found


def _title(request: AccessRequest) -> str:
    return _("Complaint about access to %(number)s") % {"number": request.entry.own_number}


def _wish(request: AccessRequest) -> Captured:
    return _captured(request.public_id, "message", request.wish, request.received_at, _requester(request))


def _complained(complaint: AccessComplaint) -> Captured:
    who = _requester(complaint.request)
    return _captured(complaint.public_id, "message", complaint.text, complaint.received_at, who)


def _letter(decision: AccessDecision) -> Captured:
    ours = Author(decision.decided_by.name, None, role="ARCHIVIST", is_own=True)
    return _captured(decision.public_id, "letter", decision.letter, decision.decided_at, ours)


def _requester(request: AccessRequest) -> Author:
    return Author(request.name or None, None)


def _captured(public_id: UUID, kind: str, text: str, at: datetime, author: Author) -> Captured:
    return Captured(str(public_id), kind, author, (Version(1, text, at, at),), at, at, state="")
