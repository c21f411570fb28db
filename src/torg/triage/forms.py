"""What people fill in about the lists of hosts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.triage.models import ListKind

REASON = _("Needed to block. Colleagues see it beside the link.")


class HostForm(forms.Form):
    """One host for one of the lists."""

    host = forms.CharField(
        label=_("Host"), max_length=2000, help_text=_("For example eksempel.no. What lies under it is included.")
    )
    kind = forms.ChoiceField(
        label=_("List"), choices=ListKind.choices, widget=forms.RadioSelect, initial=ListKind.BLOCKED
    )
    reason = forms.CharField(label=_("Why"), max_length=300, required=False, help_text=REASON)

    def clean_kind(self) -> ListKind:
        """The list itself."""
        return ListKind(self.cleaned_data["kind"])


class HostFileForm(forms.Form):
    """A file of hosts for one of the lists."""

    file = forms.FileField(
        label=_("File"), help_text=_("One host a line, a hosts file, or CSV with the host first and the reason second.")
    )
    kind = forms.ChoiceField(
        label=_("List"), choices=ListKind.choices, widget=forms.RadioSelect, initial=ListKind.BLOCKED
    )
    reason = forms.CharField(
        label=_("Why"), max_length=300, required=False, help_text=_("For the hosts that have no reason of their own.")
    )

    def clean_kind(self) -> ListKind:
        """The list itself."""
        return ListKind(self.cleaned_data["kind"])
