"""Forms about consents, tasks and the routine."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from torg.media.forms.fields import DayField, PlaceField
from torg.media.types import ConsentChannel, ConsentGiven
from torg.people.models import Scope


class ConsentForm(forms.Form):
    """What somebody has consented to."""

    scope = PlaceField()
    name = forms.CharField(label=_("Name of the depicted person"), max_length=200)
    is_child = forms.BooleanField(label=_("The person is under 18"), required=False)
    guardian = forms.CharField(
        label=_("Who with parental responsibility has consented"), required=False, max_length=200
    )
    other_guardian = forms.CharField(label=_("The other with parental responsibility"), required=False, max_length=200)
    child_was_heard = forms.BooleanField(
        label=_("The child has been asked, or is too small to have a view"), required=False
    )
    contact = forms.CharField(
        label=_("How we reach the person or the guardian"), help_text=_("E-mail or telephone."), max_length=200
    )
    purpose = forms.CharField(
        label=_("What the pictures are for"),
        help_text=_("As the person has read it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    channels = forms.MultipleChoiceField(
        label=_("Where they may be shown"), choices=ConsentChannel, widget=forms.CheckboxSelectMultiple
    )
    given_on = DayField(label=_("Given on"))
    until_on = DayField(label=_("Last day"), help_text=_("At most five years on."))
    proof = forms.FileField(label=_("The signed form (PDF, JPEG or PNG)"), required=False)

    def __init__(self, *given: Any, places: QuerySet[Scope], **named: Any) -> None:
        super().__init__(*given, **named)
        cast(PlaceField, self.fields["scope"]).offer(places)

    def given(self) -> ConsentGiven:
        """What was filled in."""
        told = self.cleaned_data
        names = ("name", "contact", "purpose", "given_on", "until_on", "is_child", "guardian", "other_guardian")
        return ConsentGiven(
            scope_id=told["scope"].id,
            channels=[ConsentChannel(channel) for channel in told["channels"]],
            child_was_heard=told["child_was_heard"],
            **{name: told[name] for name in names},
        )


class StayForm(forms.Form):
    """Why something may stay."""

    because = forms.CharField(
        label=_("It stays, on this ground"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class RoutineForm(forms.Form):
    """The routine for pictures of people."""

    text = forms.CharField(label=_("The routine"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 16}))
    take_down_days = forms.IntegerField(label=_("Working days until a picture is down"), min_value=1, max_value=30)
    child_take_down_days = forms.IntegerField(
        label=_("Working days until a picture of a child is down"), min_value=1, max_value=30
    )
    warn_days = forms.IntegerField(
        label=_("Days before the end that a consent is shown as ending"), min_value=1, max_value=365
    )
