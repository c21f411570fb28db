"""What is typed to connect an archive, and about its deliveries."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from torg.records.archive_secrets import ArchiveSecrets
from torg.records.codes import ArchiveWay
from torg.records.models import ArchiveCore
from torg.records.types import CoreWanted

_ONCE = {"autocomplete": "off"}
# What each way cannot do without.
_NEEDED = {
    ArchiveWay.NOARK: ("username", "password"),
    ArchiveWay.SEALED: (
        "sender_account",
        "receiver_account",
        "private_key",
        "certificate",
        "receiver_certificate",
    ),
}
_ACCOUNTS = ("sender_account", "receiver_account")


class ArchiveForm(forms.Form):
    """An archive core and the keys to it. Keys are encrypted before they are stored, and never shown again."""

    name = forms.CharField(label=_("What you call the archive"), max_length=100)
    way = forms.ChoiceField(label=_("How it is reached"), choices=ArchiveWay)
    address = forms.CharField(
        label=_("Address or folder"),
        max_length=300,
        help_text=_("The address of the Noark 5 interface, or for Fiks Arkiv the name of a folder."),
    )
    series = forms.CharField(
        label=_("Part of the archive"),
        max_length=100,
        required=False,
        help_text=_("The name of the arkivdel that new case files go to. Leave it empty when there is only one."),
    )
    username = forms.CharField(label=_("User name"), max_length=200, required=False, widget=forms.TextInput(_ONCE))
    password = forms.CharField(label=_("Password"), required=False, widget=forms.PasswordInput(_ONCE))
    client_id = forms.CharField(label=_("Client ID"), max_length=200, required=False, widget=forms.TextInput(_ONCE))
    client_secret = forms.CharField(label=_("Client secret"), required=False, widget=forms.PasswordInput(_ONCE))
    sender_account = forms.UUIDField(label=_("Our account in Fiks"), required=False)
    receiver_account = forms.UUIDField(label=_("The archive's account in Fiks"), required=False)
    private_key = forms.CharField(
        label=_("Our private key"),
        required=False,
        widget=forms.Textarea(_ONCE),
        help_text=_("As text (PEM), without a password, with its first and last line."),
    )
    certificate = forms.CharField(label=_("Our certificate"), required=False, widget=forms.Textarea(_ONCE))
    receiver_certificate = forms.CharField(
        label=_("The archive's certificate"), required=False, widget=forms.Textarea(_ONCE)
    )

    def clean(self) -> dict[str, Any]:
        """Each way needs keys of its own."""
        values: dict[str, Any] = super().clean() or {}
        way = values.get("way")
        for name in _NEEDED.get(ArchiveWay(way), ()) if way else ():
            # A client of its own may log in without a person's name.
            if not values.get(name) and not (way == ArchiveWay.NOARK and values.get("client_id")):
                self.add_error(name, _("This way needs it."))
        return values

    def wanted(self) -> CoreWanted:
        """The archive as the command takes it."""
        values = self.cleaned_data
        accounts = {name: str(values[name]) for name in _ACCOUNTS if isinstance(values[name], UUID)}
        return CoreWanted(values["name"], values["way"], values["address"], series=values["series"], options=accounts)

    def secrets(self) -> ArchiveSecrets:
        """The keys as the command takes them."""
        return ArchiveSecrets(**{name: self.cleaned_data[name] for name in ArchiveSecrets.__slots__})


class PeriodForm(forms.Form):
    """The last day of a period that is closed."""

    until = forms.DateField(
        label=_("Last day of the period"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class GiveUpForm(forms.Form):
    """Why something is not delivered."""

    because = forms.CharField(label=pgettext_lazy("archive delivery", "Why it is not delivered"), max_length=500)


def form_for(core: ArchiveCore | None) -> ArchiveForm:
    """The form, filled with what is no secret."""
    if core is None:
        return ArchiveForm()
    shown = {name: getattr(core, name) for name in ("name", "way", "address", "series")}
    return ArchiveForm(initial={**shown, **core.options})
