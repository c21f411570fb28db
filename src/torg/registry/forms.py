"""What people fill in about a page, group or profile."""

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.people.models import Person, Unit
from torg.registry.models import PresenceKind


class PresenceForm(forms.Form):
    """What is registered on a presence."""

    name = forms.CharField(label=_("Name, as people see it"), max_length=120)
    kind = forms.ChoiceField(label=_("What sort of place is it?"), choices=PresenceKind.choices)
    address = forms.URLField(label=_("Address"), required=False, assume_scheme="https")
    purpose = forms.CharField(
        label=_("What is it for?"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    unit = forms.ModelChoiceField(
        label=_("Unit that owns it"), queryset=Unit.objects.order_by("name"), required=False, to_field_name="public_id"
    )


class AdministratorForm(forms.Form):
    """Somebody who is administrator on the platform itself."""

    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.filter(left_at=None).order_by("name"), to_field_name="public_id"
    )
