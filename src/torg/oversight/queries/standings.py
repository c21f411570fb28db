"""How the duties of presences stand, week by week; computed each time, never stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from torg.core.actors import Actor
from torg.oversight import advising, facts
from torg.oversight.advising import Advice
from torg.oversight.measuring import Measure, Week, measured
from torg.oversight.models import BreachNote, DutyRule
from torg.oversight.types import DutyCode, Standing
from torg.registry import queries as registry
from torg.registry.models import Presence, PresenceKind

# Of these it is told how much was done; the others are kept or not.
COUNTED_DUTIES = frozenset({DutyCode.POSTS, DutyCode.ANSWERS, DutyCode.ROUNDS})


@dataclass(frozen=True, slots=True)
class WeekStanding:
    """How each duty of a presence stood in a week, by which rule, and what was said of a breach."""

    week: Week
    rules: Mapping[DutyCode, DutyRule]
    measures: Mapping[DutyCode, Measure]
    notes: Mapping[DutyCode, BreachNote]

    def of(self, duty: DutyCode) -> Measure | None:
        """How one duty stood; None where nobody asked for it."""
        return self.measures.get(duty)


@dataclass(frozen=True, slots=True)
class PageStanding:
    """How the duties of a presence stand, the running week first."""

    presence: Presence
    weeks: Sequence[WeekStanding]

    def measures(self, duty: DutyCode) -> list[Measure]:
        """One duty over the weeks."""
        return [week.measures[duty] for week in self.weeks if duty in week.measures]


@dataclass(frozen=True, slots=True)
class Cell:
    """A duty of a presence in a week, as a table shows it."""

    duty: DutyCode
    measure: Measure | None
    note: BreachNote | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """Every presence's duties in one week."""

    week: Week
    is_this_week: bool
    duties: Sequence[DutyCode]
    rows: Sequence[tuple[Presence, Sequence[Cell]]]
    unasked: Sequence[Presence]
    advised: Sequence[tuple[Presence, Advice]]
    weeks: Sequence[Week]
    has_rules: bool
    has_hours: bool


@dataclass(frozen=True, slots=True)
class Breach:
    """A duty that was not kept in a week."""

    presence: Presence
    duty: DutyCode
    week: Week
    measure: Measure
    note: BreachNote | None


@dataclass(frozen=True, slots=True)
class Breaches:
    """What is one thing to explain or to mend: a duty of a presence in the weeks that stand without an explanation.

    A week that is explained stands by itself, with what was said.
    """

    presence: Presence
    duty: DutyCode
    weeks: Sequence[Breach]
    note: BreachNote | None = None

    @property
    def counts(self) -> bool:
        """Whether it is told how much was done; a duty that is kept or not has no number worth telling."""
        return self.duty in COUNTED_DUTIES and self.wanted > 0

    @property
    def done(self) -> int:
        """What was done in all its weeks."""
        return sum(one.measure.done for one in self.weeks)

    @property
    def wanted(self) -> int:
        """What was due in all its weeks."""
        return sum(one.measure.wanted for one in self.weeks)


def standings(presences: QuerySet[Presence], *, at: datetime, notes: Iterable[BreachNote] = ()) -> list[PageStanding]:
    """How the duties of `presences` stand over the weeks that are looked back upon."""
    house = facts.house(at=at)
    return _standings(presences, house, notes)


def board(person: Actor, *, at: datetime, back: int = 0) -> Board:
    """The duties of every open presence that `person` sees, in the week that lies `back` weeks back."""
    house = facts.house(at=at)
    visible = registry.presences_for(person, at=at).filter(closed_at=None).order_by("name", "id")
    pages = _standings(visible, house, _notes(person, at))
    back = min(max(back, 0), len(house.weeks) - 1)
    shown = [duty for duty in DutyCode if any(duty in page.weeks[back].rules for page in pages)]
    return Board(
        week=house.weeks[back],
        is_this_week=back == 0,
        duties=shown,
        rows=[
            (page.presence, [_cell(page.weeks[back], duty) for duty in shown])
            for page in pages
            if page.weeks[back].rules
        ],
        unasked=[page.presence for page in pages if not page.weeks[back].rules],
        advised=[(page.presence, advice) for page in pages if (advice := advice_for(page, pages))],
        weeks=house.weeks,
        has_rules=bool(house.rules),
        has_hours=all(house.moment(page.presence, house.weeks[back]) for page in pages),
    )


def sheet(person: Actor, presence_id: UUID, *, at: datetime) -> tuple[PageStanding, Advice | None, Sequence[DutyCode]]:
    """One presence's duties over the weeks, the advice to merge it if there is one, and the duties it has."""
    shown = registry.presence_or_absent(person, presence_id, at=at)
    visible = registry.presences_for(person, at=at)
    wanted = visible.filter(pk=shown.pk) | visible.filter(kind=PresenceKind.MAIN_PAGE, closed_at=None)
    pages = _standings(wanted, facts.house(at=at), _notes(person, at))
    page = next(one for one in pages if one.presence.pk == shown.pk)
    duties = [duty for duty in DutyCode if any(duty in week.rules for week in page.weeks)]
    return page, advice_for(page, pages), duties


def breaches(person: Actor, *, at: datetime) -> list[Breach]:
    """Duties that were not kept on the pages that `person` sees, those that nobody has explained first."""
    visible = registry.presences_for(person, at=at).filter(closed_at=None).order_by("name", "id")
    found = [
        Breach(page.presence, duty, week.week, measure, week.notes.get(duty))
        for page in _standings(visible, facts.house(at=at), _notes(person, at))
        for week in page.weeks
        for duty, measure in week.measures.items()
        if measure.standing == Standing.BREACHED
    ]
    return sorted(found, key=lambda one: (one.note is not None, -one.week.monday.toordinal(), one.presence.name))


def breaches_together(person: Actor, *, at: datetime) -> list[Breaches]:
    """The same, a line for each thing to explain: the weeks of one duty together, those of most weeks first."""
    open_weeks: dict[tuple[int, DutyCode], list[Breach]] = {}
    explained = []
    for one in breaches(person, at=at):
        if one.note is None:
            open_weeks.setdefault((one.presence.pk, one.duty), []).append(one)
        else:
            explained.append(Breaches(one.presence, one.duty, [one], one.note))
    together = [Breaches(weeks[0].presence, weeks[0].duty, weeks) for weeks in open_weeks.values()]
    return [*sorted(together, key=lambda each: (-len(each.weeks), each.presence.name)), *explained]


def was_breached(presence: Presence, duty: DutyCode, week_on: date, *, at: datetime) -> bool:
    """Whether a duty was not kept in a week."""
    (page,) = standings(Presence.objects.filter(pk=presence.pk), at=at)
    week = next((one for one in page.weeks if one.week.monday == week_on), None)
    measure = week.of(duty) if week else None
    return measure is not None and measure.standing == Standing.BREACHED


def advice_for(page: PageStanding, pages: Sequence[PageStanding]) -> Advice | None:
    """The advice to merge a local page into the main page, where its rule and its figures say so (strategy C4)."""
    rule = page.weeks[0].rules.get(DutyCode.POSTS)
    if rule is None or page.presence.kind == PresenceKind.MAIN_PAGE:
        return None
    main = next((one for one in pages if one.presence.kind == PresenceKind.MAIN_PAGE), None)
    return advising.advise_merging(
        page.measures(DutyCode.POSTS),
        page.measures(DutyCode.ANSWERS),
        main_posts=main.measures(DutyCode.POSTS) if main else (),
        limit=rule.merge_after,
    )


def week_cells(week: WeekStanding, duties: Sequence[DutyCode]) -> list[Cell]:
    """The duties of a week, as a table shows them."""
    return [_cell(week, duty) for duty in duties]


def _cell(week: WeekStanding, duty: DutyCode) -> Cell:
    return Cell(duty, week.of(duty), week.notes.get(duty))


def _notes(person: Actor, at: datetime) -> list[BreachNote]:
    return list(BreachNote.objects.visible_to(person, at=at))


def _standings(presences: QuerySet[Presence], house: facts.House, notes: Iterable[BreachNote]) -> list[PageStanding]:
    said = {(note.presence_id, note.week_on, note.duty): note for note in notes}
    pages = []
    for presence, happened in facts.measurable(presences, house):
        weeks = []
        for week in house.weeks:
            rules = {DutyCode(rule.duty): rule for rule in house.rules_for(presence, week)}
            terms = [facts.terms_of(rule) for rule in rules.values()]
            measures = measured(terms, happened, house.moment(presence, week))
            told = {duty: said[key] for duty in rules if (key := (presence.pk, week.monday, duty.value)) in said}
            weeks.append(WeekStanding(week, rules, measures, told))
        pages.append(PageStanding(presence, weeks))
    return pages
