"""What people fill in about an integration."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.people.types import Permission


class IntegrationForm(forms.Form):
    """What a token is for, what it may do and where. The pages to choose from are given by the view."""

    name = forms.CharField(label=_("What is the token for?"), max_length=80)
    expires_on = forms.DateField(
        label=_("Works until"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("A year from now at most."),
    )

    def __init__(self, *arguments: Any, places: list[tuple[str, str]], allowed: list[Permission], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["permissions"] = forms.MultipleChoiceField(
            label=_("It may"),
            choices=[(one.value, one.label) for one in allowed],
            widget=forms.CheckboxSelectMultiple,
            initial=[Permission.READ],
        )
        self.fields["scopes"] = forms.MultipleChoiceField(
            label=_("Only these pages"),
            choices=places,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text=_("Choose none to let it reach every page that you reach."),
        )
        self.order_fields(["name", "permissions", "scopes", "expires_on"])
