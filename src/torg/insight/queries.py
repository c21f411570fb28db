"""The figures of the strategy, counted from what has happened; all of them in one statement."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pkgutil import resolve_name
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value

from torg.channels.models import Connection, ConnectionState
from torg.core.actors import Actor
from torg.crisis.models import Incident
from torg.dialogue.models import Item, Post
from torg.guidance import queries as guidance
from torg.guidance.models import AdviceQuestion
from torg.guidance.types import AdviceState
from torg.inbox.models import CaseReferral, Clock, Enquiry, Forwarding, Promise
from torg.inbox.types import ForwardingState, PromiseState
from torg.inbox.types import Outcome as ClockOutcome
from torg.insight.types import Figure, Measured
from torg.moderation.models import Case, Decision, Notice, RuleVersion, Sanction
from torg.moderation.words import BANS, CaseState, Dismissal, Measure, NoticeState, SanctionState
from torg.openness.models import AccessRequest
from torg.openness.types import RequestState
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission
from torg.publishing.models import Article, ArticleState
from torg.records.codes import AssessmentState, DeliveryState, Outcome
from torg.records.days import day_of
from torg.records.models import Assessment, Delivery, Restriction
from torg.registry import queries as registry
from torg.registry.models import GroupTerms, Presence, PresenceGoal, PresenceKind, Review

LATELY = timedelta(days=30)
A_YEAR = timedelta(days=365)
UNFINISHED = (CaseState.OPEN, CaseState.PROPOSED, CaseState.DECIDED)


@dataclass(frozen=True, slots=True)
class Rows:
    """What a figure counts, and of what it is a share."""

    counted: QuerySet[Any]
    of: QuerySet[Any] | None = None


Query = Callable[[Actor, datetime], Rows]


def measured(figures: Iterable[Figure], by: Actor, *, at: datetime) -> dict[str, Measured]:
    """Each figure by its id, counted on the pages that `by` sees."""
    rows = {figure.id: _query(figure)(by, at) for figure in figures}
    counts = _counts(
        {name: found.counted for name, found in rows.items()}
        | {f"{name}/of": found.of for name, found in rows.items() if found.of is not None}
    )
    return {
        name: Measured(counts.get(name, 0), None if found.of is None else counts.get(f"{name}/of", 0))
        for name, found in rows.items()
    }


def _query(figure: Figure) -> Query:
    found: Query = resolve_name(figure.query)
    return found


def _counts(rows: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    if not rows:
        return {}
    first, *others = (
        found.order_by().values(figure=Value(name)).annotate(how_many=Count("pk")) for name, found in rows.items()
    )
    return {row["figure"]: row["how_many"] for row in first.union(*others, all=True)}


def enquiries(by: Actor, at: datetime) -> Rows:
    """What came in lately."""
    return Rows(Enquiry.objects.visible_to(by, at=at).filter(opened_at__gt=at - LATELY, opened_at__lte=at))


def answered_in_time(by: Actor, at: datetime) -> Rows:
    """Questions of late whose deadline has been decided, and those of them answered within it."""
    scopes = people.scopes_for(by, Permission.READ, at=at).values("id")
    late = Q(outcome=ClockOutcome.MISSED) | Q(outcome=ClockOutcome.RUNNING, due_at__lt=at)
    clocks = Clock.objects.filter(scope_id__in=scopes, started_at__gt=at - LATELY, started_at__lte=at)
    in_time = clocks.filter(outcome=ClockOutcome.MET)
    return Rows(in_time, clocks.filter(late | Q(outcome=ClockOutcome.MET)))


def posts_with_dialogue(by: Actor, at: datetime) -> Rows:
    """Our posts of late, and those of them under which somebody has written and we have written back to them."""
    ours = Post.objects.visible_to(by, at=at).filter(is_own=True, posted_at__gt=at - LATELY, posted_at__lte=at)
    back = Item.objects.filter(post=OuterRef("pk"), is_own=True, thread__last_inbound_at__isnull=False)
    return Rows(ours.filter(Exists(back)), ours)


def connected_channels(by: Actor, at: datetime) -> Rows:
    """Channels that are connected and work."""
    channels = Connection.objects.visible_to(by, at=at).exclude(state=ConnectionState.CLOSED)
    return Rows(channels.filter(state=ConnectionState.ACTIVE), channels)


def presences(by: Actor, at: datetime) -> Rows:
    """Pages that we run."""
    return Rows(Presence.objects.visible_to(by, at=at).filter(closed_at=None))


def presences_reviewed(by: Actor, at: datetime) -> Rows:
    """Pages that have been reviewed within the last year, of those that run."""
    running = Presence.objects.visible_to(by, at=at).filter(closed_at=None)
    lately = Review.objects.filter(presence=OuterRef("pk"), recorded_at__gt=at - A_YEAR, recorded_at__lte=at)
    return Rows(running.filter(Exists(lately)), running)


def measured_goals(by: Actor, at: datetime) -> Rows:
    """Goals that are measured, by somebody or by their source, of those that run."""
    goals = PresenceGoal.objects.visible_to(by, at=at).filter(ended_at=None)
    return Rows(goals.filter(registry.is_measured()), goals)


def groups_with_terms(by: Actor, at: datetime) -> Rows:
    """Closed groups whose ground, members and pictures are written down."""
    groups = Presence.objects.visible_to(by, at=at).filter(closed_at=None, kind=PresenceKind.CLOSED_GROUP)
    return Rows(groups.filter(Exists(GroupTerms.objects.filter(presence=OuterRef("pk")))), groups)


def secret_groups(by: Actor, at: datetime) -> Rows:
    """Secret groups, as far as the person may know of them."""
    return Rows(Presence.objects.visible_to(by, at=at).filter(closed_at=None, kind=PresenceKind.SECRET_GROUP))


def open_cases(by: Actor, at: datetime) -> Rows:
    """Texts that wait for somebody to assess, agree or carry out."""
    return Rows(Case.objects.visible_to(by, at=at).filter(state__in=UNFINISHED))


def deletions_by_two(by: Actor, at: datetime) -> Rows:
    """Deletions that two different people stand behind."""
    deletions = Decision.objects.visible_to(by, at=at).filter(measure=Measure.DELETE)
    return Rows(deletions.exclude(agreement__agreed_by=F("agreement__proposed_by")), deletions)


def notices_sent(by: Actor, at: datetime) -> Rows:
    """Decisions whose author has been told."""
    notices = Notice.objects.visible_to(by, at=at)
    return Rows(notices.filter(state=NoticeState.SENT), notices)


def criticism_let_stand(by: Actor, at: datetime) -> Rows:
    """Texts that were let stand because criticism is protected."""
    dismissed = Case.objects.visible_to(by, at=at).filter(state=CaseState.DISMISSED)
    return Rows(dismissed.filter(dismissed_because=Dismissal.CRITICISM), dismissed)


def bans(by: Actor, at: datetime) -> Rows:
    """People shut out now."""
    return Rows(Sanction.objects.visible_to(by, at=at).filter(step__in=BANS, state=SanctionState.IN_FORCE))


def rules(by: Actor, at: datetime) -> Rows:
    """Rules that hold; they are the same on all pages."""
    return Rows(RuleVersion.objects.in_force(at))


def assessed(by: Actor, at: datetime) -> Rows:
    """Conversations whose place in the archive has been decided."""
    standing = Assessment.objects.visible_to(by, at=at).exclude(state=AssessmentState.SUPERSEDED)
    return Rows(standing.filter(state=AssessmentState.DECIDED), standing)


def archived(by: Actor, at: datetime) -> Rows:
    """Assessments that ended in archive, with or without the journal."""
    decided = Assessment.objects.visible_to(by, at=at).filter(state=AssessmentState.DECIDED)
    return Rows(decided.filter(outcome__in=(Outcome.ARCHIVE, Outcome.JOURNAL)), decided)


def restrictions(by: Actor, at: datetime) -> Rows:
    """Restrictions that hold."""
    return Rows(Restriction.objects.visible_to(by, at=at).filter(lifted_at=None))


def delivered(by: Actor, at: datetime) -> Rows:
    """Deliveries that the archive has given its receipt for."""
    deliveries = Delivery.objects.visible_to(by, at=at)
    return Rows(deliveries.filter(state=DeliveryState.DELIVERED), deliveries)


def promises_kept(by: Actor, at: datetime) -> Rows:
    """Promises that were kept, of those that were kept or broken."""
    promises = Promise.objects.visible_to(by, at=at).filter(state__in=(PromiseState.KEPT, PromiseState.BROKEN))
    return Rows(promises.filter(state=PromiseState.KEPT), promises)


def posters_confirmed(by: Actor, at: datetime) -> Rows:
    """Colleagues who have confirmed the poster this year, of all who work here."""
    everybody = Person.objects.filter(left_at=None)
    missing = guidance.without_acknowledgement(year=day_of(at).year)
    return Rows(everybody.exclude(pk__in=missing.values("pk")), everybody)


def advice_in_time(by: Actor, at: datetime) -> Rows:
    """Questions for advice that were answered before they were due, of those that are answered."""
    answered = AdviceQuestion.objects.filter(state=AdviceState.ANSWERED)
    return Rows(answered.filter(Q(due_at=None) | Q(answered_at__lte=F("due_at"))), answered)


def forwardings_answered(by: Actor, at: datetime) -> Rows:
    """What units were asked to look at, and have answered."""
    forwardings = Forwarding.objects.visible_to(by, at=at)
    return Rows(forwardings.filter(state=ForwardingState.ANSWERED), forwardings)


def referrals(by: Actor, at: datetime) -> Rows:
    """People who were shown the way to case handling lately."""
    return Rows(CaseReferral.objects.visible_to(by, at=at).filter(referred_at__gt=at - LATELY, referred_at__lte=at))


def articles_out(by: Actor, at: datetime) -> Rows:
    """What was published on our own site lately."""
    return Rows(_published_lately(by, at))


def articles_with_goal(by: Actor, at: datetime) -> Rows:
    """Those of them that carry a communication goal."""
    out = _published_lately(by, at)
    return Rows(out.exclude(goal=None), out)


def articles_with_group(by: Actor, at: datetime) -> Rows:
    """Those of them that carry a target group."""
    out = _published_lately(by, at)
    return Rows(out.filter(pk__in=Article.groups.through.objects.values("article_id")), out)


def _published_lately(by: Actor, at: datetime) -> QuerySet[Article]:
    out = Article.objects.visible_to(by, at=at).filter(state=ArticleState.PUBLISHED)
    return out.filter(published_at__gt=at - LATELY, published_at__lte=at)


def exercises(by: Actor, at: datetime) -> Rows:
    """How often a crisis was practised within the last year."""
    return Rows(_opened_within_a_year(by, at).filter(is_exercise=True))


def incidents(by: Actor, at: datetime) -> Rows:
    """How often it was no exercise."""
    return Rows(_opened_within_a_year(by, at).filter(is_exercise=False))


def _opened_within_a_year(by: Actor, at: datetime) -> QuerySet[Incident]:
    return Incident.objects.visible_to(by, at=at).filter(opened_at__gt=at - A_YEAR, opened_at__lte=at)


def requests_in_time(by: Actor, at: datetime) -> Rows:
    """Access requests that were answered by the fifth working day, of those that are decided."""
    decided = AccessRequest.objects.visible_to(by, at=at).filter(state=RequestState.DECIDED)
    return Rows(decided.filter(answered_at__date__lte=F("due_on")), decided)
