"""What moderation has done in a period, counted from the facts each time; nothing about anybody."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property
from statistics import median
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, F, QuerySet, Value
from django.utils.translation import gettext as _

from torg.dialogue.models import Item
from torg.moderation import figures
from torg.moderation.figures import FEWEST, Figures, Table
from torg.moderation.models import Case, CitizenReport, Complaint, Decision, Outcome, Passage, TipState
from torg.moderation.words import Dismissal, Ground, Measure, NoNotice, NoticeState, Source, Step, shown_as
from torg.people.models import Scope
from torg.triage.models import FindingKind

LOCAL = ZoneInfo("Europe/Oslo")
DECIDED = (
    "measure",
    "ground",
    "sanction",
    "decided_at",
    "notice__state",
    "notice__no_notice",
    "case__source",
    "case__opened_at",
    "case__item__kind",
    "case__item__assessment__language",
    "case__item__connection__platform",
    "target__passage__rule__number",
)
PLATFORMS = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "youtube": "YouTube",
    "mastodon": "Mastodon",
    "nettstedet": "Nettstedet",
}


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

    @cached_property
    def counted(self) -> dict[str, dict[str, int]]:
        """What is grouped by one code, in one query for all."""
        tips = CitizenReport.objects.filter(**self.within("received_at"))
        let_stand = self.ended.exclude(dismissed_because="")
        parts = [
            rows.order_by().annotate(of=Value(of), code=F(name)).values_list("of", "code").annotate(Count("pk"))
            for of, rows, name in (
                ("source", self.cases, "source"),
                ("let_stand", let_stand, "dismissed_because"),
                ("outcomes", self.complaints, "outcome"),
                ("tips", tips, "state"),
            )
        ]
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for of, code, count in parts[0].union(*parts[1:], all=True):
            found[of][code] = count
        return found

    @cached_property
    def decided(self) -> list[dict[str, Any]]:
        """Every decision as codes and times, read once for all tables; no text and no name is among them."""
        return list(self.decisions.values(*DECIDED))

    def within(self, name: str) -> dict[str, datetime]:
        return {f"{name}__gte": self.begins, f"{name}__lt": self.ends}


def _seen(period: Period) -> list[Table]:
    kinds = Passage.objects.filter(case__in=period.cases).exclude(finding_kind="").values("finding_kind")
    found = {row["finding_kind"]: row["cases"] for row in kinds.annotate(cases=Count("case", distinct=True))}
    tips, sources = period.counted["tips"], period.counted["source"]
    seen = {"items": period.items.count(), "cases": sum(sources.values()), "reports": sum(tips.values())}
    words = {
        "items": _("Comments and messages received"),
        "cases": _("Assessed for moderation"),
        "reports": _("Reports from citizens by the form"),
    }
    return [
        # Counts of different things: no sum is told, so each is hidden by itself only.
        figures.single("seen", _("What came in"), [(key, words[key], _alone(seen[key])) for key in seen]),
        figures.table("source", _("Who pointed it out"), sources, dict(Source.choices)),
        figures.table("detector", _("What the software suggested"), found, dict(FindingKind.choices)),
        figures.table("tips", _("Reports from citizens"), tips, dict(TipState.choices)),
    ]


def _decided(period: Period) -> list[Table]:
    rows = period.decided
    let_stand = period.counted["let_stand"]
    return [
        figures.table("measure", _("What was decided"), each(rows, "measure"), dict(Measure.choices)),
        figures.table("let_stand", _("What was let stand"), let_stand, dict(Dismissal.choices)),
        figures.table("ground", _("Ground"), by_ground(rows), dict(Ground.choices)),
        figures.table("rule", _("Rule"), each(rows, "target__passage__rule__number")),
        figures.table("channel", _("Channel"), each(rows, "case__item__connection__platform"), PLATFORMS),
        figures.table(
            "decided_source", _("Decided, by who pointed it out"), each(rows, "case__source"), dict(Source.choices)
        ),
        figures.table("sanction", _("What followed for the author"), each(rows, "sanction"), dict(Step.choices)),
        figures.single("pace", _("How well and how fast"), _pace(rows)),
    ]


def _after(period: Period) -> list[Table]:
    silent = [row for row in period.decided if row["notice__state"] == NoticeState.NOT_SENT]
    received = sum(period.counted["outcomes"].values())
    outcomes = {code: count for code, count in period.counted["outcomes"].items() if code}
    return [
        figures.table(
            "notices", _("Notices to authors"), each(period.decided, "notice__state"), dict(NoticeState.choices)
        ),
        figures.table(
            "no_notice", _("Why no notice was sent"), each(silent, "notice__no_notice"), dict(NoNotice.choices)
        ),
        figures.single("complaints", _("Complaints"), [("received", _("Received"), _alone(received))]),
        figures.table("outcomes", _("How complaints ended"), outcomes, dict(Outcome.choices)),
    ]


def each(rows: Iterable[Mapping[str, Any]], name: str) -> dict[str, int]:
    """How many rows there are of each value; empty ones are not counted."""
    return Counter(str(row[name]) for row in rows if row[name] not in ("", None))


def by_ground(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Decisions by ground, as grounds are shown."""
    return Counter(shown_as(row["ground"]) for row in rows)


def _pace(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, int | None]]:
    spans = [(row["decided_at"] - row["case__opened_at"]).total_seconds() for row in rows]
    hours = round(median(spans) / 3600) if len(spans) >= FEWEST else None
    by_software = sum(row["case__source"] == Source.TRIAGE for row in rows)
    return [
        ("median", _("Hours from opened to decided, median"), hours),
        ("software", _("Percent found by the software"), figures.share(by_software, len(spans))),
    ]


def _alone(count: int) -> int | None:
    return None if 0 < count < FEWEST else count


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LOCAL)
