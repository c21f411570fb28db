"""What people fill in about goals."""

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.registry.forms import fields
from torg.registry.types import Aim, Measured
from torg.registry.words import GoalEnd, Measure


class GoalForm(forms.Form):
    """A goal with a figure."""

    measure = fields.one_of(Measure, _("What does the goal count?"))
    wording = forms.CharField(label=_("What do you want to reach?"), max_length=200)
    target = fields.figure(_("Figure to reach"))
    unit_of_measure = forms.CharField(
        label=_("Unit of measure"), max_length=40, help_text=_("For example followers, per cent, or days.")
    )
    by_on = fields.day(_("By which day?"))
    is_lower_better = forms.BooleanField(label=_("The lower the better"), required=False)

    def aim(self) -> Aim:
        """As the commands take it."""
        return Aim(**self.cleaned_data)


class MeasurementForm(forms.Form):
    """A value that somebody has read."""

    value = fields.figure(_("Measured value"))
    measured_on = fields.day(_("For which day?"))
    source = forms.CharField(
        label=_("Where did you read it?"), max_length=200, help_text=_("For example the platform's own statistics.")
    )

    def measured(self) -> Measured:
        """As the commands take it."""
        return Measured(**self.cleaned_data)


class GoalEndForm(forms.Form):
    """Why a goal ends."""

    because = fields.one_of(GoalEnd, _("Why does the goal end?"))
