"""Invented rows for the page that shows every component."""

from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.ui.types import Place, Step


class SampleForm(forms.Form):
    """A form with one of each, of which one is filled in wrongly."""

    name = forms.CharField(label=_("Name of the page"), help_text=_("As it is called on the platform."))
    email = forms.EmailField(label=_("E-mail"))
    answer = forms.CharField(label=_("Answer"), widget=forms.Textarea({"rows": 4}), required=False)
    kind = forms.ChoiceField(label=_("Who sees it"), choices=[("all", _("Everyone")), ("one", _("Only the author"))])
    signed = forms.BooleanField(label=_("Put my first name under the answer"), required=False)


def samples(at: datetime) -> dict[str, object]:
    """What the page of components is filled with, as seen at `at`."""
    return {
        "at": at,
        "moments": [at + timedelta(minutes=minutes) for minutes in (-20, -1_800, 4_300, -600_000)],
        "late": at - timedelta(minutes=35),
        "soon": at + timedelta(minutes=40),
        "ahead": at + timedelta(hours=2, minutes=10),
        "form": SampleForm({"name": "Nordvik bibliotek", "email": "post(at)nordvik", "kind": "all"}),
        "places": [
            Place(_("Mine"), "?view=mine", "person", is_current=True, count=4),
            Place(_("The unit's"), "?view=unit", "people", count=12),
            Place(_("Unanswered"), "?view=open", "inbox", count=31),
        ],
        "steps": [
            Step(_("Proposal"), "done", who="Kari Berg", at=at - timedelta(hours=3)),
            Step(_("Agreement"), "now", text=_("Waiting for one more person")),
            Step(_("Notice to the author"), "next"),
            Step(_("Carried out"), "next"),
        ],
        "rows": [(_("Page"), "Nordvik bibliotek"), (_("Owner"), _("Culture")), (_("Administrators"), "Kari Berg")],
    }
