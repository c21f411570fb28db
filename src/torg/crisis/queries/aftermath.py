"""The figures of the after-action report: nothing is stored, all is worked out again from what happened."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from torg.crisis.models import AnswerVersion, Asked, Called, Incident, StatementVersion
from torg.crisis.queries.spreading import spread_of
from torg.crisis.types import STATED, QuestionState
from torg.publishing.models import Figure, Metric, Quantity


@dataclass(frozen=True, slots=True)
class AfterAction:
    """What an incident came to. Times are spans; None where there was nothing to measure.

    `reach` is the sum of the newest number of views that each post's channel has told; None where none tells. What a
    platform has counted in two ways is never added up (A6): posts that lack the commoner figure are left out.
    """

    lasted: timedelta
    first_statement_after: timedelta | None
    statements: int
    corrections: int
    posts: int
    posts_there: int
    reach: int | None
    asked: int
    questions: int
    answered: int
    answered_people: int
    median_answer_after: timedelta | None
    rumours: int
    called: int
    confirmed: int
    median_confirmed_after: timedelta | None
    points: int
    points_done: int
    log_lines: int


def after_action(incident: Incident, *, at: datetime) -> AfterAction:
    """The figures as they are now, worked out from what happened."""
    statements = list(incident.statements.filter(state__in=STATED).order_by("number"))
    spread = spread_of(statements)
    asked = Asked.objects.filter(question__incident=incident)
    answered = asked.filter(answered_at__isnull=False)
    called = Called.objects.filter(call_out__incident=incident)
    confirmed = called.filter(confirmed_at__isnull=False)
    first = statements[0].published_at if statements else None
    return AfterAction(
        lasted=(incident.closed_at or at) - incident.opened_at,
        first_statement_after=first - incident.opened_at if first else None,
        statements=len(statements),
        corrections=_corrections(incident),
        posts=sum(len(one.channels) for one in spread.values()),
        posts_there=sum(one.there for one in spread.values()),
        reach=_reach([row.article_id for row in statements if row.article_id]),
        asked=asked.count(),
        questions=incident.questions.count(),
        answered=incident.questions.filter(state=QuestionState.ANSWERED).count(),
        answered_people=answered.count(),
        median_answer_after=_median(answered.values_list("asked_at", "answered_at")),
        rumours=incident.rumours.count(),
        called=called.count(),
        confirmed=confirmed.count(),
        median_confirmed_after=_median(confirmed.values_list("call_out__called_at", "confirmed_at")),
        points=incident.points.count(),
        points_done=incident.points.filter(done_at__isnull=False).count(),
        log_lines=incident.log_entries.count(),
    )


def _corrections(incident: Incident) -> int:
    """How often what was said was corrected: statements, and answers to all who asked."""
    stated = StatementVersion.objects.filter(statement__incident=incident, statement__state__in=STATED)
    answered = AnswerVersion.objects.filter(question__incident=incident)
    return stated.exclude(told={}).count() + answered.exclude(told={}).count()


def _median(spans: Iterable[tuple[datetime, datetime | None]]) -> timedelta | None:
    found = [(end - start).total_seconds() for start, end in spans if end is not None]
    return timedelta(seconds=round(median(found))) if found else None


def _reach(articles: Collection[UUID]) -> int | None:
    """Views by the newest measurement of each post, under the one definition that most posts on a platform have."""
    views = Figure.objects.filter(post__article__public_id__in=articles, metric__quantity=Quantity.VIEWS)
    newest = views.order_by("post", "metric", "-measured_at").distinct("post", "metric").select_related("metric")
    found: dict[str, dict[Metric, list[int]]] = defaultdict(lambda: defaultdict(list))
    for figure in newest:
        found[figure.metric.platform][figure.metric].append(figure.value)
    if not found:
        return None
    return sum(sum(told[max(told, key=lambda one: (len(told[one]), one.defined_on))]) for told in found.values())
