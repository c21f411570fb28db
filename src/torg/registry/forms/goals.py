"""What people fill in about goals."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from torg.registry.definitions import A_WEEK, DEFINITIONS, OURS, Definition
from torg.registry.forms import fields
from torg.registry.queries import FigureView
from torg.registry.types import Aim, FigureSource, Measured
from torg.registry.words import GoalEnd, Measure

Choice = tuple[str, str]


class GoalForm(forms.Form):
    """A goal with a figure: one that Torg counts, one that a platform tells of this page (`told`), or one typed in."""

    measure = forms.ChoiceField(label=_("What does the goal count?"))
    wording = forms.CharField(label=_("What do you want to reach?"), max_length=200)
    target = fields.figure(_("Figure to reach"))
    unit_of_measure = forms.CharField(
        label=_("Unit of measure"),
        max_length=40,
        required=False,
        help_text=_("Only for figures that you type in: for example followers, per cent, or days."),
    )
    by_on = fields.day(_("By which day?"))
    is_lower_better = forms.BooleanField(label=_("The lower the better"), required=False)

    def __init__(self, *args: Any, told: Sequence[FigureView] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        by_platform: dict[str, list[Choice]] = {}
        for view in told:
            by_platform.setdefault(view.platform, []).append(_choice(view.figure.platform, view.definition))
        choices: list[tuple[str, Sequence[Choice]]] = [
            (gettext("Counted by Torg"), [_choice(OURS, one) for one in DEFINITIONS[OURS]]),
            *((gettext("Told by %(platform)s") % {"platform": name}, each) for name, each in by_platform.items()),
            (gettext("Typed in by you"), [(word.value, str(word.label)) for word in Measure]),
        ]
        self.fields["measure"] = forms.ChoiceField(label=self.fields["measure"].label, choices=choices)

    def aim(self) -> Aim:
        """As the commands take it."""
        given = dict(self.cleaned_data)
        platform, _point, code = given.pop("measure").rpartition(".")
        if not platform:
            return Aim(measure=Measure(code), **given)
        return Aim(measure=Measure.OTHER, source=FigureSource(platform, code), **given)


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


def _choice(platform: str, definition: Definition) -> Choice:
    """One figure with the period that it counts."""
    periods = {None: "", A_WEEK: gettext("each week")}
    days = definition.days or 0
    period = periods.get(
        definition.days, ngettext("the last %(days)d day", "the last %(days)d days", days) % {"days": days}
    )
    return f"{platform}.{definition.code}", f"{definition.quantity.label}, {period}".rstrip(", ")
