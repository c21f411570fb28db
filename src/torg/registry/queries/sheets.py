"""Presences with what is recorded about each: one statement, however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from torg.records.days import day_of
from torg.registry.definitions import OURS
from torg.registry.lacking import Facts, gaps, needed
from torg.registry.models import (
    Administration,
    Custody,
    FigureTold,
    GroupTerms,
    Measurement,
    Presence,
    PresenceGoal,
    PrivacyAssessment,
    ProfileCheck,
    Review,
)
from torg.registry.words import Gap, PresenceKind, ProfilePoint


@dataclass(frozen=True, slots=True)
class Sheet:
    """A presence as the list shows it: what is asked of it, and what is missing or due."""

    presence: Presence
    needed: Sequence[Gap]
    gaps: Sequence[Gap]

    @property
    def done(self) -> int:
        """How much of what is asked is in order."""
        return len(self.needed) - len(self.gaps)


def sheets(presences: QuerySet[Presence], *, at: datetime) -> list[Sheet]:
    """The presences, in their order, with what each lacks on the day of `at`; nothing is asked of what is closed."""
    return [_sheet(row, at=at) for row in _with_facts(presences)]


def is_measured() -> Q:
    """Of a goal: whether anybody has typed in a value, a platform has told one, or we count it ourselves."""
    told = FigureTold.objects.filter(
        scope_id=OuterRef("scope_id"), platform=OuterRef("platform"), code=OuterRef("code")
    )
    return Q(platform=OURS) | Q(Exists(told)) | Q(Exists(Measurement.objects.filter(goal=OuterRef("pk"))))


def _sheet(presence: Presence, *, at: datetime) -> Sheet:
    if presence.closed_at is not None:
        return Sheet(presence, (), ())
    facts = _facts(presence)
    return Sheet(presence, needed(facts), gaps(facts, on=day_of(at)))


def _facts(presence: Presence) -> Facts:
    told = vars(presence)
    checked_at: datetime | None = told["fact_profile_checked_at"]
    return Facts(
        kind=PresenceKind(presence.kind),
        opened_on=day_of(presence.opened_at),
        has_owner=told["fact_owner"] is not None,
        line=told["fact_line"] or "",
        administrators=told["fact_administrators"],
        keeping=told["fact_keeping"] or "",
        second_factor=told["fact_second_factor"] or "",
        profile_checked_on=day_of(checked_at) if checked_at else None,
        is_profile_whole=bool(told["fact_profile_whole"]),
        privacy_outcome=told["fact_privacy"] or "",
        privacy_review_on=told["fact_privacy_review_on"],
        has_terms=told["fact_terms"],
        goals=told["fact_goals"],
        unmeasured_goals=told["fact_unmeasured"],
        next_review_on=told["fact_review_on"],
    )


def _with_facts(presences: QuerySet[Presence]) -> QuerySet[Presence]:
    running = PresenceGoal.objects.filter(presence=OuterRef("pk"), ended_at=None)
    unmeasured = running.exclude(is_measured())
    administrators = Administration.objects.filter(presence=OuterRef("pk"), ended_at=None)
    is_whole = Case(When(Q(**dict.fromkeys(ProfilePoint.values, True)), then=Value(1)), default=Value(0))
    annotated = presences.annotate(
        fact_owner=F("details__owner"),
        fact_line=F("details__line"),
        fact_administrators=_count(administrators, "presence"),
        fact_keeping=_newest(Custody, "keeping"),
        fact_second_factor=_newest(Custody, "second_factor"),
        fact_profile_checked_at=_newest(ProfileCheck, "recorded_at"),
        fact_profile_whole=_newest(ProfileCheck, is_whole),
        fact_privacy=_newest(PrivacyAssessment, "outcome"),
        fact_privacy_review_on=_newest(PrivacyAssessment, "review_on"),
        fact_terms=Exists(GroupTerms.objects.filter(presence=OuterRef("pk"))),
        fact_goals=_count(running, "presence"),
        fact_unmeasured=_count(unmeasured, "presence"),
        fact_review_on=_newest(Review, "next_on"),
    )
    return cast("QuerySet[Presence]", annotated)


def _newest(model: Any, field: Any) -> Subquery:
    """One field, or an expression, of the newest row about the presence."""
    rows = model.objects.filter(presence=OuterRef("pk")).order_by("-recorded_at", "-pk")
    return Subquery(rows.annotate(found=field if not isinstance(field, str) else F(field)).values("found")[:1])


def _count(rows: QuerySet[Any], key: str) -> Coalesce:
    counted = rows.order_by().values(key).annotate(how_many=Count("pk")).values("how_many")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
