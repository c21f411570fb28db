"""Opening hours and answering hours, filled in with the browser's own fields for times and dates."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import time
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from torg.people.models import CalendarKind

WEEKDAYS = (
    ("mon", _("Monday")),
    ("tue", _("Tuesday")),
    ("wed", _("Wednesday")),
    ("thu", _("Thursday")),
    ("fri", _("Friday")),
    ("sat", _("Saturday")),
    ("sun", _("Sunday")),
)
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
# A day that closes for lunch has two spans; rows without anything in them are there to be filled in.
SPANS_A_DAY = 2
SPARE_PERIODS = 1
SPARE_DATES = 2
MOST_ROWS = 80
MIDNIGHT = "24:00"

Spans = list[list[str]]


def clock_field(label: Any) -> forms.TimeField:
    """A time of day; a clock that shows 00:00 at the end of the day means midnight."""
    return forms.TimeField(label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def day_field(label: Any) -> forms.DateField:
    """A date."""
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class HoursForm(forms.Form):
    """A week, periods with other hours and single days; what is left empty is closed.

    `definition` is, after `is_valid`, what `torg.core.calendar` reads; the argument is the one to begin from.
    """

    kind = forms.ChoiceField(label=_("Which hours"), choices=CalendarKind.choices)
    holidays = forms.BooleanField(label=_("Closed on public holidays"), required=False, initial=True)

    def __init__(self, data: Any = None, *, definition: Mapping[str, Any] | None = None, **named: Any) -> None:
        kept = definition or {}
        filled = _filled(kept)
        super().__init__(data, initial={**filled, **named.pop("initial", {})}, **named)
        given = data if data is not None else filled
        self._spans = max(SPANS_A_DAY, *(len(spans) for spans in kept.get("week", {}).values()), 0)
        self._periods = _rows(given, "period_{}_first", 0 if data is not None else SPARE_PERIODS)
        self._dates = _rows(given, "date_{}_on", 0 if data is not None else SPARE_DATES)
        for name, field in self._more_fields():
            self.fields[name] = field

    def _more_fields(self) -> Iterator[tuple[str, forms.Field]]:
        for day, _label in WEEKDAYS:
            for number in range(self._spans):
                yield f"{day}_{number}_from", clock_field(_("Opens"))
                yield f"{day}_{number}_to", clock_field(_("Closes"))
        for number in range(self._periods):
            yield f"period_{number}_first", day_field(_("First day"))
            yield f"period_{number}_last", day_field(_("Last day"))
            yield f"period_{number}_from", clock_field(_("Opens"))
            yield f"period_{number}_to", clock_field(_("Closes"))
        for number in range(self._dates):
            yield f"date_{number}_on", day_field(_("Day"))
            yield f"date_{number}_from", clock_field(_("Opens"))
            yield f"date_{number}_to", clock_field(_("Closes"))

    def days(self) -> list[tuple[Any, list[tuple[BoundField, BoundField]]]]:
        """The week for the page: each day with its pairs of fields."""
        return [
            (label, [(self[f"{day}_{number}_from"], self[f"{day}_{number}_to"]) for number in range(self._spans)])
            for day, label in WEEKDAYS
        ]

    def periods(self) -> list[list[BoundField]]:
        """The rows of periods for the page."""
        parts = ("first", "last", "from", "to")
        return [[self[f"period_{number}_{part}"] for part in parts] for number in range(self._periods)]

    def single_days(self) -> list[list[BoundField]]:
        """The rows of single days for the page."""
        return [[self[f"date_{number}_{part}"] for part in ("on", "from", "to")] for number in range(self._dates)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        week = {
            day: [span for number in range(self._spans) for span in self._span(f"{day}_{number}")]
            for day, _label in WEEKDAYS
        }
        self.definition: dict[str, Any] = {
            "time_zone": "Europe/Oslo",
            "holidays": "NO" if cleaned.get("holidays") else None,
            "week": {day: sorted(spans) for day, spans in week.items() if spans},
            "dates": dict(self._single_days()),
            "ranges": list(self._ranges()),
        }
        return cleaned

    def _span(self, row: str) -> Spans:
        """The hours of one row, none when both are empty."""
        opens: time | None = self.cleaned_data.get(f"{row}_from")
        closes: time | None = self.cleaned_data.get(f"{row}_to")
        if opens is None and closes is None:
            return []
        if opens is None or closes is None:
            self.add_error(f"{row}_{'from' if opens is None else 'to'}", _("Fill in both times, or none."))
            return []
        ends = f"{closes:%H:%M}" if closes != time() else MIDNIGHT
        if f"{opens:%H:%M}" >= ends:
            self.add_error(f"{row}_to", _("It must close after it opens."))
            return []
        return [[f"{opens:%H:%M}", ends]]

    def _single_days(self) -> Iterator[tuple[str, Spans]]:
        for number in range(self._dates):
            day, spans = self.cleaned_data.get(f"date_{number}_on"), self._span(f"date_{number}")
            if day is not None:
                yield day.isoformat(), spans
            elif spans:
                self.add_error(f"date_{number}_on", _("Say which day these hours are for."))

    def _ranges(self) -> Iterator[dict[str, Any]]:
        for number in range(self._periods):
            row = f"period_{number}"
            first, last = self.cleaned_data.get(f"{row}_first"), self.cleaned_data.get(f"{row}_last")
            spans = self._span(row)
            if first is None and last is None:
                if spans:
                    self.add_error(f"{row}_first", _("Say which days these hours are for."))
            elif first is None or last is None or last < first:
                self.add_error(f"{row}_last", _("Fill in the first day and the last, in that order."))
            else:
                week = {day: spans for day in WORKDAYS if spans}
                yield {"from": first.isoformat(), "to": last.isoformat(), "week": week}


def _rows(given: Mapping[str, Any], name: str, spare: int) -> int:
    """How many rows are there, and some more to fill in."""
    there = next(number for number in range(MOST_ROWS + 1) if number == MOST_ROWS or name.format(number) not in given)
    return min(there + spare, MOST_ROWS)


def _filled(definition: Mapping[str, Any]) -> dict[str, Any]:
    """What the form is filled in with to give this definition."""
    filled: dict[str, Any] = {"holidays": definition.get("holidays", "NO") is not None}
    for day, spans in definition.get("week", {}).items():
        for number, span in enumerate(spans):
            filled |= _typed(f"{day}_{number}", [span])
    for number, period in enumerate(definition.get("ranges", [])):
        filled |= {f"period_{number}_first": period["from"], f"period_{number}_last": period["to"]}
        filled |= _typed(f"period_{number}", period["week"].get("mon", []))
    for number, (day, spans) in enumerate(sorted(definition.get("dates", {}).items())):
        filled |= {f"date_{number}_on": day, **_typed(f"date_{number}", spans)}
    return filled


def _typed(row: str, spans: Sequence[Sequence[str]]) -> dict[str, str]:
    return {f"{row}_from": spans[0][0], f"{row}_to": spans[0][1].replace(MIDNIGHT, "00:00")} if spans else {}
