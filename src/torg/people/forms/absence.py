"""What people fill in about being away, and about what they want to be told."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from torg.people import weeks
from torg.people.mailing import Wishes
from torg.people.models import Person
from torg.people.quiet import Quiet
from torg.people.types import NotificationKind, Tell


def moment(label: Any) -> forms.DateTimeField:
    """A date with a time of day, which may be empty."""
    return forms.DateTimeField(
        label=label,
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class AbsenceForm(forms.Form):
    """Who takes over, and when: whole weeks, or from one moment to another. `from_at` and `until_at` come of either."""

    from_at = moment(_("From"))
    until_at = moment(_("Until"))

    def __init__(self, *arguments: Any, absent: Person, at: datetime, **named: Any) -> None:
        super().__init__(*arguments, **named)
        choices = [("", _("Not whole weeks")), *((week.key, str(week)) for week in weeks.ahead(at))]
        self.fields["first_week"] = forms.ChoiceField(label=_("First week"), choices=choices, required=False)
        self.fields["last_week"] = forms.ChoiceField(label=_("Last week"), choices=choices, required=False)
        self.fields["stand_in"] = forms.ModelChoiceField(
            label=_("Stand-in"),
            queryset=Person.objects.filter(left_at=None).exclude(pk=absent.pk).order_by("name"),
            to_field_name="public_id",
            empty_label="–",
        )
        self.order_fields(("stand_in", "first_week", "last_week", "from_at", "until_at"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.pop("first_week", ""), cleaned.pop("last_week", "")
        if first or last:
            cleaned["from_at"] = weeks.begins_at(first or last)
            cleaned["until_at"] = weeks.ends_at(last or first)
            return cleaned
        for name in ("from_at", "until_at"):
            if cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, _("Choose whole weeks, or fill in from and until."))
        return cleaned


class NotificationsForm(forms.Form):
    """How soon one wants to be told, for each kind, and when it is quiet."""

    from_time = forms.TimeField(label=_("Quiet from"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    until_time = forms.TimeField(label=_("Quiet until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    has_quiet_weekends = forms.BooleanField(label=_("Quiet in weekends"), required=False)

    def __init__(self, *arguments: Any, wishes: Wishes, is_leader: bool, **named: Any) -> None:
        quiet = wishes.quiet
        initial: dict[str, Any] = {
            "from_time": quiet.from_time,
            "until_time": quiet.until_time,
            "has_quiet_weekends": quiet.has_quiet_weekends,
        }
        initial |= {kind.value: tell for kind, tell in wishes.tells.items()}
        super().__init__(*arguments, **{"initial": initial, **named})
        for kind in NotificationKind:
            if kind != NotificationKind.DIGEST:
                self.fields[kind] = forms.ChoiceField(label=kind.label, choices=Tell.choices)
            elif is_leader:
                self.fields[kind] = forms.ChoiceField(label=kind.label, choices=WEEKLY)

    def kinds(self) -> Iterator[BoundField]:
        """The fields of the kinds, for the page."""
        return (self[name] for name in self.fields if name in NotificationKind.values)

    def tells(self) -> dict[NotificationKind, Tell]:
        """What was chosen."""
        return {NotificationKind(name): Tell(self.cleaned_data[name]) for name in self.fields if name.isupper()}

    def quiet(self) -> Quiet:
        """The quiet hours."""
        given = self.cleaned_data
        return Quiet(given["from_time"], given["until_time"], given["has_quiet_weekends"])


# The digest comes once a week, or not at all.
WEEKLY = [(Tell.AT_ONCE.value, _("Every Monday")), (Tell.NEVER.value, Tell.NEVER.label)]
