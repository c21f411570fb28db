"""What people fill in when they apply to open a page, and when they decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.registry.commands.applications import APPLIED_FOR
from torg.registry.forms import fields
from torg.registry.models import PresenceKind
from torg.registry.types import Description, Terms, Wish
from torg.registry.words import GROUPS


class ApplicationForm(forms.Form):
    """What somebody wants to open, and what they commit to."""

    # Shown only while a group is chosen, where the browser can; each label says it too.
    OF_GROUPS = ("legal_ground", "members", "pictures")

    kind = fields.one_of(
        PresenceKind, _("What do you want to open?"), choices=[(kind.value, kind.label) for kind in APPLIED_FOR]
    )
    name = forms.CharField(label=_("Name, as people will see it"), max_length=120)
    purpose = fields.text(_("What is it for?"))
    target_groups = fields.text(_("Whom is it for?"), rows=2)
    why_not_main_page = fields.text(_("Why is the main page not enough?"))
    unit = fields.unit(_("Unit that owns it"))
    owner = fields.person(_("Person who owns it"))
    posts_per_week = forms.IntegerField(
        label=_("How many posts a week?"), min_value=1, max_value=50, initial=1, help_text=_("At least one.")
    )
    legal_ground = fields.text(_("Only for groups: purpose and ground in law"), required=False)
    members = fields.text(_("Only for groups: who can be a member?"), rows=2, required=False)
    pictures = fields.text(_("Only for groups: how do you ask for consent to pictures?"), rows=2, required=False)
    answers_next_working_day = forms.BooleanField(label=_("We answer by the next working day at the latest"))
    follows_profile = forms.BooleanField(label=_("We follow the municipality's profile and strategy"))

    def wish(self) -> Wish:
        """As the commands take it."""
        typed: dict[str, Any] = self.cleaned_data
        is_group = typed["kind"] in GROUPS
        return Wish(
            description=Description(
                name=typed["name"], kind=typed["kind"], purpose=typed["purpose"], unit=typed["unit"]
            ),
            owner=typed["owner"],
            target_groups=typed["target_groups"],
            why_not_main_page=typed["why_not_main_page"],
            posts_per_week=typed["posts_per_week"],
            answers_next_working_day=typed["answers_next_working_day"],
            follows_profile=typed["follows_profile"],
            terms=Terms(typed["legal_ground"], typed["members"], typed["pictures"]) if is_group else None,
        )


class ApprovalForm(forms.Form):
    """A word to the applicant."""

    reasons = fields.text(_("Word to whoever applied"), rows=2, required=False)


class RefusalForm(forms.Form):
    """Why not, and what instead."""

    reasons = fields.text(_("Reasons"))
    is_advised_main_page = forms.BooleanField(label=_("Advise to use the main page instead"), required=False)
