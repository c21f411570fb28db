"""What somebody fills in who asks for access, or complains."""

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.openness.types import Ask


class AskForm(forms.Form):
    """A request for access. Nothing of it must be filled in: the law asks for no name and no reason."""

    wish = forms.CharField(
        label=_("What would you like to see?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Leave it empty for the whole document. You need not say why, nor who you are."),
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        required=False,
        help_text=_("We write when there is an answer. Without it, keep the address of the next page."),
    )
    language = forms.ChoiceField(
        label=_("Language of the answer"), choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
    )
    # Filled in by machines only.
    website = forms.CharField(required=False, widget=forms.HiddenInput())

    def asked(self) -> Ask:
        """The request."""
        given = self.cleaned_data
        return Ask(given["wish"], email=given["email"], language=given["language"])


class AccessComplaintForm(forms.Form):
    """A complaint over a refusal or over silence."""

    text = forms.CharField(
        label=_("What do you think is wrong?"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("You need not give a reason."),
    )
