"""The moderation queue: the gravest, farthest reaching and oldest first; the same speed however long it is."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, TextChoices
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from torg.moderation.models import ENDED, STANDING, Case, TemporaryHiding
from torg.moderation.words import CaseState, Gravity, Source, listed_with, to_list
from torg.people import queries as people
from torg.people.models import Person
from torg.people.types import Permission

PAGE = 50
_ORDER = ("-severity", "-reach", "opened_at", "id")
_RANK = ("grave", "wide", "opened_at", "id")


class View(TextChoices):
    """Which cases one looks at."""

    OPEN = "OPEN", _("To assess")
    MINE = "MINE", _("With me")
    TO_ANSWER = "TO_ANSWER", _("Waiting for agreement")
    HIDDEN = "HIDDEN", _("Hidden for now")
    CARRYING = "CARRYING", _("Being carried out")
    ENDED = "ENDED", pgettext_lazy("moderation cases", "Ended")


# What narrows by a place, and where that stands.
PLACES = {"presence": "item__connection__presence__public_id", "post": "item__post__public_id"}
# As many as one proposal is measured with.
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class CaseFilters:
    """A view of the queue, and what narrows it; empty means all."""

    view: View = View.OPEN
    ground: str = ""
    source: str = ""
    severity: str = ""
    presence: str = ""
    post: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """From an address; what means nothing is left out."""
        known = {
            "ground": [value for value, _label in to_list()],
            "source": Source.values,
            "severity": [str(each) for each in Gravity.values],
        }
        chosen = {name: given.get(name, "") for name, values in known.items() if given.get(name) in values}
        view = View(given["view"]) if given.get("view") in View.values else View.OPEN
        places = {name: _public_id(given.get(name, "")) for name in PLACES}
        return cls(view=view, **places, **chosen)

    def chosen(self) -> dict[str, str]:
        """What narrows the view."""
        return {name: value for name, value in asdict(self).items() if name != "view" and value}

    def without(self, name: str) -> "CaseFilters":
        """The same, less narrow."""
        chosen = {other: value for other, value in self.chosen().items() if other != name}
        return CaseFilters(view=self.view, **chosen)

    def as_query(self) -> dict[str, str]:
        """As an address carries it."""
        return {"view": self.view.value, **self.chosen()}


class _OneOf(Func):
    """That a value stands in an array, which the database computes once and before all else."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of cases, and the key to the next; `after` is empty on the last."""

    cases: Sequence[Case]
    after: str


def case_page(
    person: Person,
    filters: CaseFilters,
    *,
    at: datetime,
    after: str = "",
    size: int = PAGE,
    scopes: Sequence[UUID] | None = None,
) -> CasePage:
    """A page of the cases that `person` may see, each with what a row needs, in one query when told their scopes.

    `hidden_until` of a case is the deadline of what is hidden for now, None where nothing is.
    """
    reached = people.scope_ids_for(person, Permission.READ, at=at) if scopes is None else scopes
    chosen = narrowed(person, filters, at=at).filter(scope_id__in=reached)
    rows = chosen.annotate(grave=-F("severity"), wide=-F("reach"))
    key = _read(after)
    if filters.view == View.ENDED:
        ordered = rows.order_by("-closed_at", "-id")[:size]
        return CasePage(list(_related(ordered).select_related("decision")), "")
    if key is not None:
        rows = rows.filter(TupleGreaterThan(Tuple(*(F(name) for name in _RANK)), key))
    # The keys along the index first, as an array: joined, all that belongs to a case is read for every case that
    # waits, and not for one page.
    keys = ArraySubquery(rows.order_by(*_ORDER).values("pk")[: size + 1])
    found = list(_related(Case.objects.filter(_OneOf(F("pk"), keys)).order_by(*_ORDER)))
    return CasePage(found[:size], _key(found[size - 1]) if len(found) > size else "")


def narrowed(person: Person, filters: CaseFilters, *, at: datetime) -> QuerySet[Case]:
    """The cases of a view, narrowed; who may see which is settled by the caller's scopes."""
    chosen = Case.objects.filter(_of_view(filters.view, person, at))
    for name, value in filters.chosen().items():
        if name == "ground":
            chosen = chosen.filter(ground__in=listed_with(value))
        else:
            chosen = chosen.filter(**{PLACES.get(name, name): value})
    return chosen


def all_that_match(person: Person, filters: CaseFilters, *, at: datetime) -> list[UUID]:
    """The cases of a narrowed view that `person` may see, up to as many as are proposed for at once."""
    scopes = people.scope_ids_for(person, Permission.READ, at=at)
    rows = (
        narrowed(person, filters, at=at).filter(scope_id__in=scopes).order_by("-severity", "-reach", "opened_at", "id")
    )
    return list(rows.values_list("public_id", flat=True)[:MOST_AT_ONCE])


def hidings_standing(person: Person, *, at: datetime) -> QuerySet[TemporaryHiding]:
    """What is hidden for now on the pages that `person` sees, the nearest deadline first."""
    visible = TemporaryHiding.objects.visible_to(person, at=at).filter(state__in=STANDING)
    return visible.select_related("case").order_by("deadline_at")


def _of_view(view: View, person: Person, at: datetime) -> Q:
    is_open = ~Q(state__in=ENDED)
    standing = TemporaryHiding.objects.filter(case=OuterRef("pk"), state__in=STANDING)
    return {
        View.OPEN: is_open & Q(state=CaseState.OPEN),
        View.MINE: is_open & Q(claimed_by=person, claimed_until__gt=at),
        View.TO_ANSWER: is_open & Q(state=CaseState.PROPOSED),
        View.HIDDEN: is_open & Q(Exists(standing)),
        View.CARRYING: is_open & Q(state=CaseState.DECIDED),
        View.ENDED: Q(state__in=ENDED),
    }[view]


def _related(rows: QuerySet[Case]) -> QuerySet[Case]:
    standing = TemporaryHiding.objects.filter(case=OuterRef("pk"), state__in=STANDING)
    rows = rows.annotate(hidden_until=Subquery(standing.values("deadline_at")[:1]))
    return rows.select_related(
        "item__author", "item__assessment", "item__thread__connection__presence", "author", "rule", "claimed_by"
    ).defer("item__text")


def _key(case: Case) -> str:
    told = [-case.severity, -case.reach, case.opened_at.isoformat(), case.pk]
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode()


def _read(after: str) -> tuple[int, int, datetime, int] | None:
    """The place that an address names; a text that is no place means the top."""
    try:
        grave, wide, opened_at, number = json.loads(base64.urlsafe_b64decode(after.encode()))
        place = int(grave), int(wide), datetime.fromisoformat(opened_at), int(number)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return place if place[2].tzinfo is not None else None


def _public_id(given: str) -> str:
    try:
        return str(UUID(given))
    except (ValueError, AttributeError, TypeError):
        return ""
