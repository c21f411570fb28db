"""A period, and what is drawn from it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.moderation.forms.fields import Day, PlainText
from torg.moderation.models import SecondOpinion


class PeriodForm(forms.Form):
    """From which day through which."""

    since = Day(label=_("From"))
    until = Day(label=_("Through"))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if isinstance(since, date) and isinstance(until, date) and since > until:
            raise forms.ValidationError(_("Choose a period that begins before it ends."))
        return given


class DrawForm(PeriodForm):
    """How many decisions of a period."""

    size = forms.IntegerField(label=_("How many"), min_value=1, max_value=100, initial=10)


class OpinionForm(forms.Form):
    """What one would have done."""

    opinion = forms.ChoiceField(
        label=_("What would you have done?"), choices=SecondOpinion.choices, widget=forms.RadioSelect
    )
    note = PlainText(label=_("Why?"), rows=2, max_length=2000, required=False)

    def clean_opinion(self) -> SecondOpinion:
        return SecondOpinion(self.cleaned_data["opinion"])
