"""Access requests by their deadline, one with all that belongs to it, and what the years say."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from torg.core.actors import Actor
from torg.core.errors import NotFound
from torg.openness import deadlines, receipts
from torg.openness.models import AccessComplaint, AccessDecision, AccessRequest
from torg.openness.models.requests import OPEN_STATES
from torg.openness.types import AccessOutcome, RequestState
from torg.people.types import Permission
from torg.records import days

MOST_SHOWN = 200
DUE_SOON = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RequestSheet:
    """One request for staff."""

    request: AccessRequest
    decisions: Sequence[AccessDecision]
    complaint: AccessComplaint | None
    link: str
    is_silent: bool
    may_complain: bool
    together: Sequence[AccessRequest] = ()

    @property
    def wait_together(self) -> bool:
        """Whether others that came with it wait too, so that all can be answered in one act."""
        return any(row.state == RequestState.RECEIVED for row in self.together)

    @property
    def may_forward(self) -> bool:
        """Whether we have looked again ourselves, and have not found for the one who complains."""
        return self.request.state == RequestState.COMPLAINED and any(row.is_reassessment for row in self.decisions)


@dataclass(frozen=True, slots=True)
class Year:
    """What a year's access requests came to; days are working days."""

    year: int
    received: int
    answered: int
    in_time: int
    median_days: float | None
    outcomes: Sequence[tuple[str, int]]
    grounds: Sequence[tuple[str, int]]
    complaints: int


def requests_for(person: Actor, *, at: datetime, is_open: bool = True) -> list[AccessRequest]:
    """Those that wait, the first due first; or those that are done, the newest first."""
    seen = _seen(person, at).select_related("entry__case_file")
    if is_open:
        return list(seen.filter(state__in=OPEN_STATES).order_by("due_on", "id")[:MOST_SHOWN])
    return list(seen.exclude(state__in=OPEN_STATES).order_by("-received_at")[:MOST_SHOWN])


def waiting_requests(person: Actor, *, at: datetime) -> QuerySet[AccessRequest]:
    """What is due by tomorrow, or late, and every complaint that waits."""
    soon = Q(state=RequestState.RECEIVED, due_on__lte=days.day_of(at + DUE_SOON))
    return _seen(person, at).filter(soon | Q(state=RequestState.COMPLAINED))


def request_sheet(person: Actor, request_id: UUID, *, at: datetime) -> RequestSheet:
    """One request with its decisions and complaint; raises NotFound."""
    rows = _seen(person, at).select_related("entry__case_file").filter(public_id=request_id)
    request: AccessRequest | None = rows.first()
    if request is None:
        raise NotFound(_("There is no such access request."))
    return RequestSheet(
        request=request,
        decisions=list(request.decisions.select_related("reference", "decided_by").order_by("-id")),
        complaint=AccessComplaint.objects.filter(request=request).first(),
        link=receipts.link_of(request),
        is_silent=deadlines.is_silent(request, at=at),
        may_complain=deadlines.may_complain(request, outcome=outcome_of(request), at=at),
        together=_together(request, person, at),
    )


def _together(request: AccessRequest, person: Actor, at: datetime) -> list[AccessRequest]:
    if request.bundle is None:
        return []
    same = _seen(person, at).filter(bundle=request.bundle).exclude(pk=request.pk)
    return list(same.select_related("entry__case_file").order_by("id"))


def outcome_of(request: AccessRequest) -> str:
    """What the newest decision came to; empty before there is one."""
    newest = request.decisions.order_by("-id").values_list("outcome", flat=True).first()
    return newest or ""


def years(person: Actor, *, at: datetime) -> list[Year]:
    """The statistics by the year in which requests came, newest first."""
    newest = AccessDecision.objects.filter(request=OuterRef("pk")).order_by("-id")
    seen = _seen(person, at).annotate(
        outcome=Subquery(newest.values("outcome")[:1]),
        ground=Subquery(newest.values("reference__code")[:1]),
        complained=Subquery(AccessComplaint.objects.filter(request=OuterRef("pk")).values("pk")[:1]),
    )
    by_year: dict[int, list[AccessRequest]] = {}
    for row in seen.order_by("-received_at"):
        by_year.setdefault(days.day_of(row.received_at).year, []).append(row)
    return [_year(year, rows) for year, rows in by_year.items()]


def _year(year: int, rows: Sequence[AccessRequest]) -> Year:
    answered = [
        (deadlines.working_days(row.received_at, row.answered_at), days.day_of(row.answered_at) <= row.due_on)
        for row in rows
        if row.answered_at is not None
    ]
    told = [vars(row) for row in rows]
    outcomes = Counter(str(row["outcome"]) for row in told if row["outcome"])
    grounds = Counter(str(row["ground"]) for row in told if row["ground"])
    return Year(
        year=year,
        received=len(rows),
        answered=len(answered),
        in_time=sum(in_time for _days, in_time in answered),
        median_days=median(count for count, _in_time in answered) if answered else None,
        outcomes=[(str(AccessOutcome(code).label), count) for code, count in outcomes.most_common()],
        grounds=grounds.most_common(),
        complaints=sum(row["complained"] is not None for row in told),
    )


def _seen(person: Actor, at: datetime) -> QuerySet[AccessRequest]:
    seen: QuerySet[AccessRequest] = AccessRequest.objects.visible_to(person, at=at, permission=Permission.JOURNAL)
    return seen
