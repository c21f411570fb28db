"""What a citizen fills in to report something, and what a colleague fills in who places it."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from torg.moderation.forms.fields import PlainText
from torg.moderation.models import LetGo
from torg.moderation.reporting import LONGEST_LINK, LONGEST_MUTING, LONGEST_TEXT, Told, sender_of
from torg.moderation.types import LANGUAGES
from torg.moderation.words import Ground

# The few words that a reader needs; whoever assesses it finds the exact ground.
PLAINLY = [
    (Ground.THREAT.value, _("Threats or violence")),
    (Ground.HATE.value, _("Hate against a group of people")),
    (Ground.HARASSMENT.value, _("Bullying or attacks on somebody")),
    (Ground.PERSONAL_DATA.value, _("Somebody's private life: address, number, health")),
    (Ground.CHILD.value, _("Something about a child")),
    (Ground.OBSCENE.value, _("Nudity, sex or gross pictures")),
    (Ground.ADVERTISING.value, _("Advertising or fraud")),
    ("OTHER", _("Something else")),
]


class TipForm(forms.Form):
    """The public form. `website` is seen by machines only, and `opened` is the signed time of opening."""

    link = forms.CharField(
        label=_("The link to what you have seen"),
        max_length=LONGEST_LINK,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=_("On Facebook: press the time beneath the comment, and copy the address. Or describe it below."),
    )
    about = forms.ChoiceField(label=_("What is it about?"), choices=PLAINLY, widget=forms.RadioSelect)
    text = PlainText(
        label=_("What should we know?"),
        rows=4,
        max_length=LONGEST_TEXT,
        required=False,
        help_text=_("Do not repeat what is private about others: we read it where it stands."),
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        required=False,
        help_text=_("If you want to hear how it ended. We delete the address when you have heard from us."),
    )
    website = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    opened = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)

    def clean_website(self) -> str:
        """Raises ValidationError for whoever fills in what is not to be filled in; people are told what to do."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty."))
        return ""

    def told(self, address: str) -> Told:
        """What was filled in, by somebody at a network address."""
        given = self.cleaned_data
        language = (get_language() or "nb")[:2]
        return Told(
            link=given["link"],
            ground=Ground(given["about"]) if given["about"] in Ground.values else None,
            text=given["text"],
            email=given["email"],
            language=language if language in LANGUAGES else "nb",
            sender=sender_of(address),
        )


class PlacingForm(forms.Form):
    """Where a report belongs: the address of the comment, or its id here."""

    place = forms.CharField(
        label=_("The address of the comment, or of its page in Torg"), max_length=LONGEST_LINK, strip=True
    )

    def where(self) -> dict[str, Any]:
        """As the command wants it: an id that stands in the text, else a link."""
        place = self.cleaned_data["place"]
        for part in place.replace("?", "/").replace("#", "/").split("/"):
            try:
                return {"item_id": UUID(part)}
            except ValueError:
                continue
        return {"link": place}


class LetGoForm(forms.Form):
    """Why a report leads nowhere."""

    because = forms.ChoiceField(label=_("Why?"), choices=LetGo.choices)


class MutingForm(forms.Form):
    """For how long we take no reports from somebody, and why."""

    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=LONGEST_MUTING, initial=30)
    reason = PlainText(label=_("Why?"), rows=2, max_length=500)
