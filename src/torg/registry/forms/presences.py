"""What people fill in about a page, group or profile itself."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from torg.registry.forms import fields
from torg.registry.models import Presence, PresenceKind
from torg.registry.types import About, Description
from torg.registry.words import Language, Line


class ChangeForm(forms.Form):
    """What is registered on a presence and can change; its kind stays."""

    name = forms.CharField(label=_("Name, as people see it"), max_length=120)
    address = forms.URLField(label=_("Address"), required=False, assume_scheme="https")
    purpose = fields.text(_("What is it for?"), required=False)
    unit = fields.unit(_("Unit that owns it"), required=False)

    @classmethod
    def of(cls, presence: Presence) -> "ChangeForm":
        """The form with what is registered now."""
        told = {name: getattr(presence, name) for name in ("name", "address", "purpose")}
        return cls(initial={**told, "unit": presence.unit.public_id if presence.unit else None})

    def described_as(self, kind: PresenceKind) -> Description:
        """As the commands take it."""
        return Description(**{**self.cleaned_data, "kind": kind})


class PresenceForm(ChangeForm):
    """What is registered on a presence from its first day."""

    kind = fields.one_of(PresenceKind, _("What sort of place is it?"))
    field_order = ("name", "kind", "address", "purpose", "unit")

    def description(self) -> Description:
        """As the commands take it."""
        return self.described_as(self.cleaned_data["kind"])


class DetailsForm(forms.Form):
    """Who owns it, and whom it is for."""

    owner = fields.person(_("Person who owns it"), required=False)
    line = forms.TypedChoiceField(
        label=_("Official or private?"),
        choices=[("", "–"), *Line.choices],
        coerce=Line,
        empty_value=None,
        required=False,
        help_text=_("What somebody writes as a private person is theirs. We neither read, measure nor keep it."),
    )
    target_groups = fields.text(_("Whom is it for?"), rows=2, required=False)
    languages = forms.TypedMultipleChoiceField(
        label=_("Languages"),
        choices=Language.choices,
        coerce=Language,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    @classmethod
    def of(cls, presence: Presence, typed: QueryDict | None = None) -> "DetailsForm":
        """The form with what is registered now, or with what was typed; only a profile has a line."""
        details = getattr(presence, "details", None)
        told = {name: getattr(details, name) for name in ("line", "target_groups", "languages")} if details else {}
        owner = details.owner.public_id if details and details.owner else None
        form = cls(typed, initial={**told, "owner": owner})
        if presence.kind != PresenceKind.PROFILE:
            del form.fields["line"]
        return form

    def about(self) -> About:
        """As the commands take it."""
        return About(**self.cleaned_data)


class AdministratorForm(forms.Form):
    """Somebody who is administrator on the platform itself."""

    person = fields.person(_("Person"))


class FilterForm(forms.Form):
    """Which presences the list shows."""

    ALL, DUE, CLOSED = "", "due", "closed"
    kind = forms.ChoiceField(
        label=_("What sort of place is it?"), choices=[("", _("All sorts")), *PresenceKind.choices], required=False
    )
    state = forms.ChoiceField(
        label=_("Which of them?"),
        choices=[(ALL, _("All that are open")), (DUE, _("Something is missing or due")), (CLOSED, _("Closed"))],
        required=False,
    )
