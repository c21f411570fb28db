"""What people fill in when a page closes, merges or goes on as another."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.registry.forms import fields
from torg.registry.models import Presence
from torg.registry.types import Ending, Link
from torg.registry.words import Because, Followers, Kept, SuccessionKind

TIES = (SuccessionKind.SPLIT, SuccessionKind.REPLACED)
# What is told of an ending cannot be changed afterwards: nothing is chosen beforehand.
NOT_CHOSEN = ("", "–")
WITH_NOWHERE_TO_MOVE = [(value, label) for value, label in Followers.choices if value != Followers.MOVED]


class ClosureForm(forms.Form):
    """What happens to followers and records."""

    followers = fields.one_of(
        Followers, _("What happens to those who follow it?"), choices=[NOT_CHOSEN, *WITH_NOWHERE_TO_MOVE]
    )
    kept = fields.one_of(Kept, _("What happens to what was written?"), choices=[NOT_CHOSEN, *Kept.choices])
    remark = fields.text(_("Remark"), rows=2, required=False)

    def ending(self) -> Ending:
        """As the commands take it."""
        return Ending(**{name: self.cleaned_data[name] for name in ("followers", "kept", "remark")})


class OtherForm(forms.Form):
    """Another presence, among those that the view gives: what one may not see cannot be chosen."""

    because = fields.one_of(Because, _("What brought it about?"))

    def __init__(self, *arguments: Any, others: list[Presence], **named: Any) -> None:
        super().__init__(*arguments, **named)
        choices = [(str(one.public_id), one.name) for one in others]
        self.fields["other"] = forms.ChoiceField(label=_("Which page?"), choices=choices)
        self.order_fields(self.field_order)


class MergerForm(OtherForm, ClosureForm):
    """Into which other presence, and what happens to followers and records."""

    followers = fields.one_of(
        Followers, _("What happens to those who follow it?"), choices=[NOT_CHOSEN, *Followers.choices]
    )
    field_order = ("other", "because", "followers", "kept", "remark")


class SuccessionForm(OtherForm):
    """What a presence was split into, or replaced by."""

    kind = fields.one_of(SuccessionKind, _("What happened?"), choices=[(one.value, one.label) for one in TIES])
    field_order = ("kind", "other", "because")

    def link(self) -> Link:
        """As the commands take it."""
        return Link(self.cleaned_data["kind"], self.cleaned_data["because"])
