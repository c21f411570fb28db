"""What people fill in about enquiries."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from torg.inbox.forms.fields import Day, Moment, PlainText, Ticked
from torg.inbox.types import (
    AnswerKind,
    AttendanceState,
    BulkAct,
    ClosedBecause,
    ForwardingKind,
    OfflineMeans,
    PromiseState,
    Reply,
)


class AnswerForm(forms.Form):
    """An answer, the version that was seen, and the remarks that are confirmed."""

    kind = forms.ChoiceField(label=_("Where"), choices=AnswerKind.choices, widget=forms.RadioSelect)
    text = PlainText(label=_("Your answer"), widget=forms.Textarea(attrs={"rows": 6}))
    item = forms.UUIDField(required=False, widget=forms.HiddenInput)
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    new_due_on = Day(
        label=_("New date, for an interim answer"),
        required=False,
        help_text=_("For a complex question: the deadline is moved to this day, and the person is told so by you."),
    )
    closes = forms.BooleanField(label=_("Close when it has been sent"), required=False)
    confirmed = Ticked(required=False)

    def reply(self) -> Reply:
        """The answer as the command takes it, but for the new date's time of day."""
        values = self.cleaned_data
        return Reply(
            kind=AnswerKind(values["kind"]),
            text=values["text"],
            seen_version=values["seen_version"],
            item_id=values["item"],
            confirmed=frozenset(values["confirmed"]),
            closes=values["closes"],
        )


class CheckForm(forms.Form):
    """A text to check before it is sent."""

    kind = forms.ChoiceField(choices=AnswerKind.choices)
    text = PlainText(required=False)


class DraftForm(CheckForm):
    """A draft, and the version that it is written on."""

    version = forms.IntegerField(min_value=0)


class OfflineForm(forms.Form):
    """An answer that was given by phone, letter or in person."""

    means = forms.ChoiceField(label=_("How"), choices=OfflineMeans.choices)
    answered_at = Moment(label=_("When"), required=False, help_text=_("Empty means now."))
    text = PlainText(label=_("What was said"), required=False)


class DecisionForm(forms.Form):
    """Approving a waiting answer."""

    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class RejectionForm(forms.Form):
    """Sending a waiting answer back."""

    because = PlainText(label=_("What should be different?"))


class SettlementForm(forms.Form):
    """The platform's id of an answer that was found there; empty when it was not."""

    external_id = forms.CharField(max_length=200, required=False)


class AssignmentForm(forms.Form):
    """To a person, to a unit, or to nobody."""

    to_person = forms.UUIDField(required=False)
    to_unit = forms.UUIDField(required=False)


class LabelForm(forms.Form):
    """A label to put on or take off."""

    label = forms.UUIDField()
    remove = forms.BooleanField(required=False)


class NoteForm(forms.Form):
    """A note to colleagues."""

    text = PlainText(label=_("Note to colleagues"))


class SnoozeForm(forms.Form):
    """Until when it is put aside."""

    until = Moment(label=_("Until"))


class ClosureForm(forms.Form):
    """Why it can be closed."""

    because = forms.ChoiceField(
        label=_("Why"),
        choices=[(each.value, each.label) for each in (ClosedBecause.ANSWERED, ClosedBecause.NO_ANSWER_NEEDED)],
    )


class MoveForm(forms.Form):
    """To which unit, and what it should know."""

    to_unit = forms.UUIDField()
    note = PlainText(label=_("Note to the unit"), required=False)


class MergeForm(forms.Form):
    """Into which enquiry."""

    into = forms.UUIDField()


class PromiseForm(forms.Form):
    """What day was promised."""

    on = Day(label=_("Day"))


class PromiseStateForm(forms.Form):
    """Whether it was kept, or was no promise."""

    state = forms.ChoiceField(choices=[(PromiseState.KEPT, ""), (PromiseState.CANCELLED, "")])


class ForwardForm(forms.Form):
    """What a unit is asked."""

    kind = forms.ChoiceField(label=_("What it is"), choices=ForwardingKind.choices)
    to_unit = forms.UUIDField()
    question = PlainText(label=_("What the unit should look at"))
    follow_up_at = Moment(label=_("Follow up"))


class ReplyForm(forms.Form):
    """A unit's answer to what was forwarded."""

    reply = PlainText(label=_("The unit's answer"))


class GuideForm(forms.Form):
    """Where to apply."""

    guide = forms.UUIDField()


class AttendanceForm(forms.Form):
    """What one is doing just now; LEFT when going away."""

    state = forms.ChoiceField(choices=[*AttendanceState.choices, ("LEFT", "")])


class Chosen(forms.Form):
    """Enquiries that were ticked, each as “id:version”."""

    chosen = Ticked()

    def clean_chosen(self) -> dict[UUID, int]:
        seen = {}
        for each in self.cleaned_data["chosen"]:
            enquiry_id, _colon, version = each.partition(":")
            try:
                seen[UUID(enquiry_id)] = int(version)
            except ValueError as error:
                raise ValidationError(_("Choose from the list.")) from error
        return seen


class BulkForm(Chosen):
    """One act on all that were ticked."""

    act = forms.ChoiceField(choices=BulkAct.choices)
    to_person = forms.UUIDField(required=False)
    to_unit = forms.UUIDField(required=False)
    label_id = forms.UUIDField(required=False)
    because = forms.ChoiceField(
        choices=[(ClosedBecause.NO_ANSWER_NEEDED, ""), (ClosedBecause.ANSWERED, "")], required=False
    )
    until = Moment(required=False)

    def choice(self) -> dict[str, object]:
        """What the act needs, without what was left empty."""
        names = ("to_person", "to_unit", "label_id", "because", "until")
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)}


class IssueForm(forms.Form):
    """Something that many ask about now."""

    presence = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("What has happened"), max_length=120)
    words = PlainText(
        label=_("Words to know it by"), help_text=_("One on each line, for example a street name."), max_length=1000
    )
    answer_text = PlainText(label=_("The answer to everybody"))


class IssueAnswersForm(Chosen):
    """The chosen enquiries, and the remarks that are confirmed."""

    confirmed = Ticked(required=False)


class MatterForm(Chosen):
    """Enquiries that are about one matter."""

    title = forms.CharField(label=_("What the matter is"), max_length=120, required=False)
    matter = forms.UUIDField(required=False, widget=forms.HiddenInput)


class HandOverForm(Chosen):
    """Who takes the day over."""

    to_person = forms.UUIDField(required=False)
    to_unit = forms.UUIDField(required=False)
    note = PlainText(label=_("What they should know"), required=False)


class ViewForm(forms.Form):
    """The name of a view to keep."""

    name = forms.CharField(label=_("Name"), max_length=60)
