"""What people fill in about duties, rounds, groups and emergencies."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from torg.oversight.types import DutyCode, Found
from torg.people.models import Person
from torg.registry.models import Presence, PresenceKind


class RuleForm(forms.Form):
    """What a duty asks for, from a day on."""

    kind = forms.ChoiceField(label=_("Sort of page"), choices=PresenceKind.choices)
    duty = forms.ChoiceField(label=pgettext_lazy("commitment", "Duty"), choices=DutyCode.choices)
    amount = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=1000,
        initial=1,
        help_text=_(
            "Posts in a week, working days before an answer, working days between looks, or days between reviews."
        ),
    )
    remind_hours = forms.IntegerField(
        label=_("Remind so many hours before"),
        min_value=0,
        max_value=1000,
        initial=4,
        help_text=_("Counted in opening hours; for reviews in hours by the clock."),
    )
    escalate_after = forms.IntegerField(
        label=_("Tell a leader after so many breaches in eight weeks"),
        min_value=0,
        max_value=8,
        initial=3,
        help_text=_("0 means never."),
    )
    merge_after = forms.IntegerField(
        label=_("Advise to merge after so many breaches in eight weeks"),
        min_value=0,
        max_value=8,
        initial=0,
        help_text=_("0 means never."),
    )
    from_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean_kind(self) -> PresenceKind:
        return PresenceKind(self.cleaned_data["kind"])

    def clean_duty(self) -> DutyCode:
        return DutyCode(self.cleaned_data["duty"])


class ExplanationForm(forms.Form):
    """Why a duty was not kept in a week."""

    duty = forms.ChoiceField(choices=DutyCode.choices, widget=forms.HiddenInput)
    week_on = forms.DateField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Why, and what do you do about it?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )

    def clean_duty(self) -> DutyCode:
        return DutyCode(self.cleaned_data["duty"])


class RoundForm(forms.Form):
    """What a watch round found."""

    found = forms.ChoiceField(label=_("What did you find?"), choices=Found.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("What was it?"),
        help_text=_("Not who wrote it, and nothing sensitive."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1000,
    )
    has_rules = forms.TypedChoiceField(
        label=_("Are the rules for discussion linked?"),
        choices=[("", _("Did not look")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda told: told == "yes",
        empty_value=None,
        required=False,
    )

    def clean_found(self) -> Found:
        return Found(self.cleaned_data["found"])


class MembersForm(forms.Form):
    """Who is in a group."""

    told = forms.CharField(
        label=_("Members, one on each line"),
        help_text=_("Employee number, e-mail address or full name, as the platform's list of members has them."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=100_000,
    )


class ReviewForm(forms.Form):
    """A review of a group."""

    has_checked_members = forms.BooleanField(label=_("All members work here"), required=False)
    is_free_of_cases = forms.BooleanField(
        label=_("Neither persons nor cases are discussed, and nothing sensitive is shared"), required=False
    )
    note = forms.CharField(
        label=_("What is wrong, and what do you do about it?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
    )


class EmergencyForm(forms.Form):
    """Asking for access in an emergency. The pages to choose from are given by the view."""

    presence = forms.ModelChoiceField(
        label=_("Which page?"),
        queryset=Presence.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("All pages"),
    )
    reason = forms.CharField(
        label=_("What has happened, and why can it not wait?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
    hours = forms.IntegerField(label=_("For how many hours?"), min_value=1, max_value=24, initial=4)

    def __init__(self, *arguments: Any, presences: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["presence"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = presences


class RecogniseForm(forms.Form):
    """Who somebody with access on a platform is: a colleague, or something else that was agreed."""

    person = forms.ModelChoiceField(
        label=_("Which colleague is it?"),
        queryset=Person.objects.filter(left_at=None).order_by("name"),
        to_field_name="public_id",
        empty_label="–",
        required=False,
    )
    agreed_as = forms.CharField(
        label=_("No colleague? Write what it is, and what you have agreed"),
        max_length=200,
        required=False,
        help_text=_("For example: Torg's own access, or the agency that makes our films, until June."),
    )
