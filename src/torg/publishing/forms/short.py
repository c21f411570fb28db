"""The shorter forms: an idea, a time, an approval, a rule."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from torg.people.models import Person, Unit
from torg.people.types import Role
from torg.publishing.models import Goal, TargetGroup, Topic
from torg.registry.models import Presence

DAY = forms.DateInput(attrs={"type": "date"})
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]


class PresenceChoice(forms.Form):
    """A form that begins with the page it is for; `presences` are those that one may publish on."""

    presence = forms.ModelChoiceField(
        label=_("Page"), queryset=Presence.objects.none(), to_field_name="public_id", empty_label=None
    )

    def __init__(self, *args: Any, presences: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["presence"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = presences


class IdeaForm(PresenceChoice):
    """An idea."""

    title = forms.CharField(label=_("What is it about?"), max_length=200)


class PlanningForm(forms.Form):
    """What an article is for."""

    topic = forms.ModelChoiceField(
        label=_("Topic"),
        queryset=Topic.objects.none(),
        required=False,
        empty_label=_("Not chosen"),
        to_field_name="public_id",
    )
    goal = forms.ModelChoiceField(
        label=_("Communication goal"),
        queryset=Goal.objects.none(),
        required=False,
        empty_label=_("Not chosen"),
        to_field_name="public_id",
    )
    groups = forms.ModelMultipleChoiceField(
        label=_("Target groups"),
        queryset=TargetGroup.objects.none(),
        required=False,
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.order_by("name"),
        required=False,
        empty_label=_("Not chosen"),
        to_field_name="public_id",
    )
    responsible = forms.ModelChoiceField(
        label=_("Responsible"),
        queryset=Person.objects.filter(left_at=None).order_by("name"),
        required=False,
        empty_label=_("Nobody chosen"),
        to_field_name="public_id",
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in (("topic", Topic), ("goal", Goal), ("groups", TargetGroup)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = kind.objects.current()
            vars(field)["label_from_instance"] = lambda row: row.name_in(language)


class MomentForm(forms.Form):
    """A time on the wall."""

    day = forms.DateField(label=_("Day"), widget=DAY)
    clock = forms.TimeField(label=_("Time"), widget=CLOCK)


class ApproveForm(forms.Form):
    """The version that somebody has read."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class OverrideForm(ApproveForm):
    """What is let past, and why."""

    codes = forms.MultipleChoiceField(label=_("Let past"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(
        label=_("Why it must go out as it is"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["codes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=pgettext_lazy("reason", "Why"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )


class CorrectionForm(ApproveForm):
    """What was corrected, for those who read it before: demanded in the main language."""

    def __init__(self, *args: Any, languages: Any, main: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in languages:
            self.fields[f"told_{code}"] = forms.CharField(
                label=format_lazy("{} ({})", _("What was corrected"), name), required=code == main, max_length=500
            )

    @property
    def told(self) -> dict[str, str]:
        """The words by language."""
        return {
            name.removeprefix("told_"): text for name, text in self.cleaned_data.items() if name.startswith("told_")
        }


class TextForm(forms.Form):
    """Something said to colleagues."""

    text = forms.CharField(label=_("Comment to colleagues"), widget=forms.Textarea(attrs={"rows": 2}), max_length=4000)


class AssignmentForm(forms.Form):
    """A task for somebody."""

    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=Person.objects.filter(left_at=None).order_by("name"),
        to_field_name="public_id",
        empty_label=_("Choose somebody"),
    )
    task = forms.CharField(label=_("What is to be done?"), max_length=200)
    due_on = forms.DateField(label=pgettext_lazy("deadline", "By"), required=False, widget=DAY)


class OrderForm(forms.Form):
    """An order from a unit without a page."""

    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.order_by("name"),
        to_field_name="public_id",
        empty_label=_("Choose a unit"),
    )
    title = forms.CharField(label=_("What is it about?"), max_length=200)
    wish = forms.CharField(
        label=_("What should people know?"), widget=forms.Textarea(attrs={"rows": 5}), max_length=5000
    )
    wanted_on = forms.DateField(label=_("When should it be out?"), required=False, widget=DAY)
    group = forms.ModelChoiceField(
        label=_("Whom is it for?"),
        queryset=TargetGroup.objects.filter(ended_at=None).order_by("name_nb"),
        required=False,
        empty_label=_("Not chosen"),
        to_field_name="public_id",
    )


class NamesForm(forms.Form):
    """A name in the three languages, and for a goal the share that is wanted."""

    name_nb = forms.CharField(label="Bokmål", max_length=100)
    name_nn = forms.CharField(label="Nynorsk", max_length=100)
    name_en = forms.CharField(label="English", max_length=100)
    wanted_percent = forms.IntegerField(
        label=_("Wanted share of all posts, in percent"), required=False, min_value=0, max_value=100
    )

    @property
    def names(self) -> list[str]:
        """The three, in order."""
        return [self.cleaned_data[f"name_{code}"] for code in ("nb", "nn", "en")]


class RuleForm(forms.Form):
    """Who may publish alone, and what needs more."""

    presence = forms.ModelChoiceField(
        label=_("Page"),
        queryset=Presence.objects.filter(closed_at=None, scope__is_secret=False).order_by("name"),
        required=False,
        to_field_name="public_id",
        empty_label=_("All pages"),
    )
    topic = forms.ModelChoiceField(
        label=_("Topic"),
        queryset=Topic.objects.filter(ended_at=None).order_by("name_nb"),
        required=False,
        to_field_name="public_id",
        empty_label=_("All topics"),
    )
    approvals_needed = forms.ChoiceField(
        label=_("How many others must approve?"), choices=[(1, _("One")), (2, _("Two")), (0, _("Nobody"))]
    )
    alone_roles = forms.MultipleChoiceField(
        label=_("May publish alone all the same"),
        choices=[(role.value, role.label) for role in (Role.OFFICER, Role.DEPUTY, Role.PAGE_ADMINISTRATOR)],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ReadingForm(forms.Form):
    """How hard a text may be."""

    warn_above = forms.IntegerField(label=_("Advice above LIX"), min_value=20, max_value=100)
    refuse_above = forms.IntegerField(label=_("Refusal above LIX"), min_value=20, max_value=100)


class SeriesForm(PresenceChoice):
    """A weekly post."""

    title = forms.CharField(label=_("What is it called?"), max_length=200)
    weekday = forms.ChoiceField(label=pgettext_lazy("of the week", "Day"), choices=WEEKDAYS)
    clock = forms.TimeField(label=_("Time"), widget=CLOCK)
    until_on = forms.DateField(label=_("Last day"), required=False, widget=DAY)
