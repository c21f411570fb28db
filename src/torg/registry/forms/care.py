"""What people fill in about the way in, the profile, privacy, a group's terms and the yearly review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.registry.forms import fields
from torg.registry.types import PrivacyFound, Profile, Reviewed, Terms, WayIn
from torg.registry.words import Keeping, Privacy, ProfilePoint, ReviewOutcome, SecondFactor


class CustodyForm(forms.Form):
    """How the log-in is kept."""

    keeping = fields.one_of(Keeping, _("How is the log-in kept?"))
    holder = fields.person(_("Who answers for it?"))
    second_factor = fields.one_of(SecondFactor, _("What is asked for besides the password?"))
    changed_on = fields.day(_("When was the password last changed?"), required=False)

    def way_in(self) -> WayIn:
        """As the commands take it."""
        return WayIn(**self.cleaned_data)


class ProfileForm(forms.Form):
    """The profile, point by point: what is ticked is in order."""

    remark = fields.text(_("Remark"), rows=2, required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for point in ProfilePoint:
            self.fields[point.value] = forms.BooleanField(label=point.label, required=False)
        self.order_fields([*ProfilePoint.values, "remark"])

    def profile(self) -> Profile:
        """As the commands take it."""
        return Profile(**self.cleaned_data)


class PrivacyForm(forms.Form):
    """What an assessment of privacy ended in."""

    is_near_vulnerable = forms.TypedChoiceField(
        label=_("Is it for, or much used by, children or others who are vulnerable?"),
        help_text=_("Pupils, patients, residents of a home, people in a crisis. Their privacy is easily harmed."),
        choices=[("", "–"), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda told: told == "yes",
        empty_value=None,
    )
    outcome = fields.one_of(Privacy, _("What did the assessment end in?"))
    grounds = fields.text(_("Why?"), help_text=_("Which personal data, about whom, and what can go wrong."))
    measures = fields.text(_("Measures"), required=False)
    review_on = fields.day(_("When is it assessed again?"))

    def found(self) -> PrivacyFound:
        """As the commands take it."""
        return PrivacyFound(**self.cleaned_data)


class ReviewForm(forms.Form):
    """What the yearly review ended in."""

    outcome = fields.one_of(ReviewOutcome, _("What did the review end in?"))
    remark = fields.text(_("Remark"), rows=2, required=False)
    next_on = fields.day(_("When is the next review?"))

    def reviewed(self) -> Reviewed:
        """As the commands take it."""
        return Reviewed(**self.cleaned_data)


class TermsForm(forms.Form):
    """What a group may be."""

    legal_ground = fields.text(_("Purpose and ground in law"))
    members = fields.text(_("Who can be a member, and who lets them in and out?"))
    pictures = fields.text(_("How do you ask for consent to pictures?"))
    needs_consent = forms.BooleanField(label=_("No picture of anybody without consent"), required=False, initial=True)

    def terms(self) -> Terms:
        """As the commands take it."""
        return Terms(**self.cleaned_data)
