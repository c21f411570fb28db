"""What is typed on the staff's own screens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.channels.types import Written
from torg.moderation.words import Ground


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


# What must go as soon as possible, wherever it stands (strategy C6).
SENSITIVE = (Ground.CHILD, Ground.HEALTH, Ground.IDENTITY_NUMBER, Ground.PERSONAL_DATA, Ground.THREAT)


class WrittenForm(forms.Form):
    """What somebody saw in a group or another place without an API."""

    text = forms.CharField(label=_("What was written, word for word"), widget=forms.Textarea(attrs={"rows": 6}))
    author = forms.CharField(
        label=_("Who wrote it"), max_length=120, required=False, help_text=_("As the name is shown there.")
    )
    written_at = forms.DateTimeField(
        label=_("When was it written?"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    permalink = forms.URLField(
        label=_("Its address"),
        required=False,
        assume_scheme="https",
        help_text=_("If you give it, writing it down once more does not make it two."),
    )
    sensitive = forms.ChoiceField(
        label=_("Must it be removed?"),
        choices=[("", _("No")), *((ground.value, ground.label) for ground in SENSITIVE)],
        required=False,
    )

    def written(self) -> Written:
        """As the commands take it."""
        return Written(**{name: self.cleaned_data[name] for name in ("text", "written_at", "author", "permalink")})

    @property
    def ground(self) -> Ground | None:
        """Why it must be removed, if it must."""
        return Ground(self.cleaned_data["sensitive"]) if self.cleaned_data["sensitive"] else None
