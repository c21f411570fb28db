"""What people fill in about the municipality, persons, roles, absence and duty."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.people.models import Person, Unit
from torg.people.types import Role


class MunicipalityForm(forms.Form):
    """Who this installation serves."""

    name = forms.CharField(label=_("The municipality's name"), max_length=200)
    language = forms.ChoiceField(
        label=_("The municipality's own language"),
        choices=[("nb", _("Norwegian Bokmål")), ("nn", _("Norwegian Nynorsk"))],
        help_text=_("The public site and statements in a crisis come in this one first; the others are beside it."),
    )
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
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.order_by("name"), required=False, empty_label="–"
    )


class PhoneForm(forms.Form):
    """The mobile number at which somebody is called out."""

    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text=_("Used only when you are called out in an incident."),
    )


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


class DutyForm(PeriodForm):
    """Who is called when life is in danger, and when."""

    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=Person.objects.filter(left_at=None).order_by("name"),
        to_field_name="public_id",
        empty_label="–",
    )
    field_order = ("person", "from_at", "until_at")
