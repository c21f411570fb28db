"""What people fill in about persons, roles, hours and duty."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.people.models import CalendarKind, Person, Unit
from torg.people.types import Role

WEEKDAYS = (
    ("mon", _("Monday")),
    ("tue", _("Tuesday")),
    ("wed", _("Wednesday")),
    ("thu", _("Thursday")),
    ("fri", _("Friday")),
    ("sat", _("Saturday")),
    ("sun", _("Sunday")),
)
INTERVAL = re.compile(r"^(\d{1,2})[:.](\d{2})\s*[-–]\s*(\d{1,2})[:.](\d{2})$")
DATED = re.compile(r"^(\d{4}-\d{2}-\d{2})\s+(.+)$")
PERIOD = re.compile(r"^(\d{4}-\d{2}-\d{2})\s*(?:–|-|til)\s*(\d{4}-\d{2}-\d{2})\s+(.+)$")
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
CLOSED_WORDS = {"stengt", "closed", "-"}


class MunicipalityForm(forms.Form):
    """Who this installation serves."""

    name = forms.CharField(label=_("The municipality's name"), max_length=200)
    colour = forms.RegexField(
        label=_("Main colour"),
        regex=r"^#[0-9a-fA-F]{6}$",
        initial="#0062ba",
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=_("Text on the colour is made light or dark so that it can be read."),
    )
    contact_email = forms.EmailField(label=_("E-mail address to the public"), required=False)
    contact_phone = forms.CharField(label=_("Phone number to the public"), max_length=30, required=False)
    contact_address = forms.CharField(label=_("Visiting address"), max_length=200, required=False)
    arms = forms.FileField(
        label=_("Coat of arms"), required=False, help_text=_("SVG or PNG, at most 500 kB. Can be added later.")
    )


class PersonForm(forms.Form):
    """Somebody who works here."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address at work"))
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.order_by("name"), required=False)


class UnitForm(forms.Form):
    """A part of the municipality."""

    name = forms.CharField(label=_("The unit's name"), max_length=120)


class RoleForm(forms.Form):
    """A role, for one page or for all. The pages to choose from are given by the view."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)

    def __init__(self, *arguments: Any, places: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["scope"] = forms.ChoiceField(
            label=_("Where"), choices=[("", _("All pages")), *places], required=False
        )


class PeriodForm(forms.Form):
    """A period with first and last moment."""

    from_at = forms.DateTimeField(label=_("From"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    until_at = forms.DateTimeField(label=_("Until"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))


class StandInForm(PeriodForm):
    """Who takes over, and when."""

    field_order = ("stand_in", "from_at", "until_at")

    def __init__(self, *arguments: Any, absent: Person, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["stand_in"] = forms.ModelChoiceField(
            label=_("Stand-in"),
            queryset=Person.objects.filter(left_at=None).exclude(pk=absent.pk).order_by("name"),
            to_field_name="public_id",
        )
        self.order_fields(self.field_order)


class DutyForm(PeriodForm):
    """Who is called when life is in danger, and when."""

    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.filter(left_at=None).order_by("name"), to_field_name="public_id"
    )
    field_order = ("person", "from_at", "until_at")


class HoursForm(forms.Form):
    """Hours as a person writes them: “08:00–15:30”, two spans with a comma, empty for closed."""

    kind = forms.ChoiceField(label=_("Which hours"), choices=CalendarKind.choices)
    holidays = forms.BooleanField(label=_("Closed on public holidays"), required=False, initial=True)
    periods = forms.CharField(
        label=_("Periods with other hours, Monday to Friday"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One period a line, such as “2026-05-15 – 2026-09-14 08:00–15:00”."),
    )
    dates = forms.CharField(
        label=_("Single days"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One day a line, such as “2026-12-24 stengt” or “2026-04-01 08:00–12:00”."),
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for key, label in WEEKDAYS:
            self.fields[key] = forms.CharField(label=label, required=False)
        self.order_fields(["kind", *(key for key, _label in WEEKDAYS), "holidays", "periods", "dates"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        week = {key: self._spans(key, cleaned.get(key, "")) for key, _label in WEEKDAYS}
        self.definition: dict[str, Any] = {
            "time_zone": "Europe/Oslo",
            "holidays": "NO" if cleaned.get("holidays") else None,
            "week": {key: spans for key, spans in week.items() if spans},
            "dates": self._dates(cleaned.get("dates", "")),
            "ranges": self._periods(cleaned.get("periods", "")),
        }
        return cleaned

    def _spans(self, field: str, text: str) -> list[list[str]]:
        spans = []
        for part in filter(None, (part.strip() for part in text.split(","))):
            if part.lower() in CLOSED_WORDS:
                continue
            match = INTERVAL.match(part)
            if match is None:
                self.add_error(field, _("Write hours as 08:00–15:30, or leave it empty for closed."))
                return []
            first, second, third, fourth = match.groups()
            spans.append([f"{int(first):02}:{second}", f"{int(third):02}:{fourth}"])
        return spans

    def _periods(self, text: str) -> list[dict[str, Any]]:
        found = []
        for line in filter(None, (line.strip() for line in text.splitlines())):
            match = PERIOD.match(line)
            if match is None:
                self.add_error("periods", _("Write first day, last day and hours on each line."))
                return []
            spans = self._spans("periods", match.group(3))
            week = {day: spans for day in WORKDAYS if spans}
            found.append({"from": match.group(1), "to": match.group(2), "week": week})
        return found

    def _dates(self, text: str) -> dict[str, list[list[str]]]:
        found = {}
        for line in filter(None, (line.strip() for line in text.splitlines())):
            match = DATED.match(line)
            if match is None:
                self.add_error("dates", _("Write a date and hours on each line, such as “2026-12-24 stengt”."))
                return {}
            found[match.group(1)] = self._spans("dates", match.group(2))
        return found


def hours_as_typed(definition: dict[str, Any]) -> dict[str, Any]:
    """What `HoursForm` would have been filled in with to give this definition."""

    def typed(spans: list[list[str]]) -> str:
        return ", ".join(f"{begin}–{end}" for begin, end in spans)

    lines = [f"{day} {typed(spans) or 'stengt'}" for day, spans in sorted(definition.get("dates", {}).items())]
    periods = [
        f"{period['from']} – {period['to']} {typed(period['week'].get('mon', [])) or 'stengt'}"
        for period in definition.get("ranges", [])
    ]
    week = {key: typed(definition.get("week", {}).get(key, [])) for key, _label in WEEKDAYS}
    return {
        **week,
        "holidays": definition.get("holidays") is not None,
        "periods": "\n".join(periods),
        "dates": "\n".join(lines),
    }
