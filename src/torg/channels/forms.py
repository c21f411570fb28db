"""What is typed to connect an account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.channels.credentials import Credentials
from torg.channels.types import Account

FACEBOOK = "facebook"


class SecretsForm(forms.Form):
    """The keys of one page on Facebook. They are encrypted before they are stored, and never shown again."""

    token = forms.CharField(
        label=_("Page token"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("A long-lived token of the page. Ask for one that belongs to the page, not to a person."),
    )
    app_secret = forms.CharField(
        label=_("App secret"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("It proves that what reaches us really comes from Facebook."),
    )
    verify_token = forms.CharField(
        label=_("Verify token"),
        max_length=100,
        help_text=_("A word that you choose yourself, and type into Facebook's page on webhooks as well."),
    )

    def secrets(self) -> Credentials:
        """The keys as the command takes them."""
        values = self.cleaned_data
        return Credentials(values["token"], values["app_secret"], values["verify_token"])


class ConnectForm(SecretsForm):
    """The keys, and which page and application they belong to."""

    external_id = forms.RegexField(
        r"^\d{3,30}$",
        label=_("Page ID"),
        help_text=_("The page's number. You find it on Facebook under the page's own information."),
        error_messages={"invalid": _("The page ID holds digits only.")},
    )
    app_id = forms.RegexField(
        r"^\d{3,30}$", label=_("App ID"), error_messages={"invalid": _("The app ID holds digits only.")}
    )
    field_order = ("external_id", "token", "app_id", "app_secret", "verify_token")

    def account(self) -> Account:
        """The account as the command takes it."""
        return Account(FACEBOOK, self.cleaned_data["external_id"], self.cleaned_data["app_id"])


class MediaForm(forms.Form):
    """Whether pictures and films are kept."""

    keeps_media = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
