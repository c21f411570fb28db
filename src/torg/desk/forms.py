"""What is typed on the staff's own screens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class FindingForm(forms.Form):
    """What a person found on the platform about an act that nobody is sure of."""

    found = forms.ChoiceField(
        label=_("What did you find?"),
        choices=[("there", _("It is there")), ("absent", _("It is not there"))],
        widget=forms.RadioSelect,
    )
    external_id = forms.CharField(
        label=_("Its address or id on the platform"),
        max_length=250,
        required=False,
        help_text=_("Needed when it is there, so that we can follow it from here on."),
    )

    def clean(self) -> dict[str, Any]:
        """What is there has an address."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("found") == "there" and not typed.get("external_id"):
            self.add_error("external_id", _("Paste the address, so that we know which one it is."))
        return typed
