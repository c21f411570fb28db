"""What moderation has done in a period, counted from the facts each time; nothing about anybody."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext as _

from torg.dialogue.models import Item
from torg.moderation import figures
from torg.moderation.figures import FEWEST, Figures, Table
from torg.moderation.models import Case, CitizenReport, Complaint, Decision, Notice, Outcome, Passage, TipState
from torg.moderation.words import Dismissal, Ground, Measure, NoNotice, NoticeState, Source, Step, shown_as
from torg.people.models import Scope
from torg.triage.models import FindingKind

LOCAL = ZoneInfo("Europe/Oslo")
PLATFORMS = {"facebook": "Facebook", "instagram": "Instagram", "youtube": "YouTube", "mastodon": "Mastodon"}


def public_scopes() -> list[UUID]:
    """The pages that the published figures are about: a secret group is not among them."""
    return list(Scope.objects.filter(is_secret=False).values_list("id", flat=True))


def whole_year(year: int) -> tuple[date, date]:
    """Its first and its last day."""
    return date(year, 1, 1), date(year, 12, 31)


def transparency(scopes: Collection[UUID], *, since: date, until: date) -> Figures:
    """The transparency report (åpenhetsrapport) of some pages, from the day `since` through the day `until`."""
    period = period_of(scopes, since, until)
    return Figures(_("How we moderate, in figures"), since, until, [*_seen(period), *_decided(period), *_after(period)])


def period_of(scopes: Collection[UUID], since: date, until: date) -> "Period":
    """The rows of a period on some pages."""
    return Period(scopes, since, until)


class Period:
    """The rows of one period: what was received, opened, decided and complained over in it."""

    def __init__(self, scopes: Collection[UUID], since: date, until: date) -> None:
        self.begins = _midnight(since)
        self.ends = _midnight(until + timedelta(days=1))
        here = {"scope_id__in": list(scopes)}
        self.items = Item.objects.filter(**here, **self.within("received_at"), is_own=False, is_placeholder=False)
        self.cases: QuerySet[Case] = Case.objects.filter(**here, **self.within("opened_at"))
        self.ended: QuerySet[Case] = Case.objects.filter(**here, **self.within("closed_at"))
        self.decisions: QuerySet[Decision] = Decision.objects.filter(**here, **self.within("decided_at"))
        self.complaints: QuerySet[Complaint] = Complaint.objects.filter(**here, **self.within("received_at"))
        self.notices: QuerySet[Notice] = Notice.objects.filter(decision__in=self.decisions)

    def within(self, name: str) -> dict[str, datetime]:
        return {f"{name}__gte": self.begins, f"{name}__lt": self.ends}


def _seen(period: Period) -> list[Table]:
    kinds = Passage.objects.filter(case__in=period.cases).exclude(finding_kind="").values("finding_kind")
    found = {row["finding_kind"]: row["cases"] for row in kinds.annotate(cases=Count("case", distinct=True))}
    tips = CitizenReport.objects.filter(**period.within("received_at"))
    seen = {"items": period.items.count(), "cases": period.cases.count(), "reports": tips.count()}
    words = {
        "items": _("Comments and messages received"),
        "cases": _("Assessed for moderation"),
        "reports": _("Reports from citizens by the form"),
    }
    return [
        # Counts of different things: no sum is told, so each is hidden by itself only.
        figures.single("seen", _("What came in"), [(key, words[key], _alone(seen[key])) for key in seen]),
        figures.table("source", _("Who pointed it out"), _by(period.cases, "source"), dict(Source.choices)),
        figures.table("detector", _("What the software suggested"), found, dict(FindingKind.choices)),
        figures.table("tips", _("Reports from citizens"), _by(tips, "state"), dict(TipState.choices)),
    ]


def _decided(period: Period) -> list[Table]:
    decisions = period.decisions
    let_stand = period.ended.exclude(dismissed_because="")
    bans = decisions.exclude(sanction="")
    return [
        figures.table("measure", _("What was decided"), _by(decisions, "measure"), dict(Measure.choices)),
        figures.table("let_stand", _("What was let stand"), _by(let_stand, "dismissed_because"), _dismissals()),
        figures.table("ground", _("Ground"), by_ground(decisions), dict(Ground.choices)),
        figures.table("rule", _("Rule"), _by(decisions, "target__passage__rule__number")),
        figures.table("channel", _("Channel"), _by(decisions, "case__item__connection__platform"), PLATFORMS),
        figures.table(
            "decided_source", _("Decided, by who pointed it out"), _by(decisions, "case__source"), _sources()
        ),
        figures.table("sanction", _("What followed for the author"), _by(bans, "sanction"), dict(Step.choices)),
        figures.single("pace", _("How well and how fast"), _pace(decisions)),
    ]


def _after(period: Period) -> list[Table]:
    sent = _by(period.notices, "state")
    silent = period.notices.filter(state=NoticeState.NOT_SENT)
    outcomes = _by(period.complaints.exclude(outcome=""), "outcome")
    return [
        figures.table("notices", _("Notices to authors"), sent, dict(NoticeState.choices)),
        figures.table("no_notice", _("Why no notice was sent"), _by(silent, "no_notice"), dict(NoNotice.choices)),
        figures.single("complaints", _("Complaints"), [("received", _("Received"), _alone(period.complaints.count()))]),
        figures.table("outcomes", _("How complaints ended"), outcomes, dict(Outcome.choices)),
    ]


def by_ground(decisions: QuerySet[Decision]) -> Mapping[str, int]:
    """Decisions by ground, as grounds are shown."""
    counted: Counter[str] = Counter()
    for ground, count in _by(decisions, "ground").items():
        counted[shown_as(ground)] += count
    return counted


def _pace(decisions: QuerySet[Decision]) -> list[tuple[str, str, int | None]]:
    spans = list(decisions.values_list(F("decided_at") - F("case__opened_at"), flat=True))
    hours = round(median(span.total_seconds() for span in spans) / 3600) if len(spans) >= FEWEST else None
    by_software = decisions.filter(case__source=Source.TRIAGE).count()
    return [
        ("median", _("Hours from opened to decided, median"), hours),
        ("software", _("Percent found by the software"), figures.share(by_software, len(spans))),
    ]


def _by(rows: QuerySet[Any], name: str) -> dict[str, int]:
    """How many of each; one query."""
    counted = rows.order_by().values_list(name).annotate(Count("pk"))
    return {str(key): count for key, count in counted}


def _alone(count: int) -> int | None:
    return None if 0 < count < FEWEST else count


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LOCAL)


def _dismissals() -> dict[str, str]:
    return {value: str(label) for value, label in Dismissal.choices}


def _sources() -> dict[str, str]:
    return {value: str(label) for value, label in Source.choices}
