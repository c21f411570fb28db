"""What people fill in about how the inbox works."""

from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.core.calendar import CalendarProblem, parse_span
from torg.inbox import canned
from torg.inbox.forms.fields import Day, PlainText

LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
LOCAL = ZoneInfo("Europe/Oslo")


class SpanField(forms.CharField):
    """Working time as `90m`, `2h` or `1d`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=12, **options)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        try:
            parse_span(text)
        except CalendarProblem as problem:
            raise forms.ValidationError(str(problem)) from problem
        return text


class LabelMakingForm(forms.Form):
    """A new label."""

    name = forms.CharField(label=_("Name"), max_length=40)


class CannedForm(forms.Form):
    """A ready answer; what is filled in for whoever uses it stands as “[first name]” here."""

    title = forms.CharField(label=_("Title"), max_length=80, help_text=_("Only colleagues see it."))
    language = forms.ChoiceField(label=_("Language of the text"), choices=LANGUAGES)
    text = PlainText(label=_("Text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 7}))

    def clean_text(self) -> str:
        return canned.from_people(self.cleaned_data["text"])


class NewCannedForm(CannedForm):
    """A new ready answer, for one unit or for all."""

    def __init__(self, *args: Any, units: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        everyone = ("", _("All units"))
        self.fields["unit"] = forms.ChoiceField(label=_("For"), required=False, choices=[everyone, *units])

    def clean_unit(self) -> UUID | None:
        return UUID(self.cleaned_data["unit"]) if self.cleaned_data["unit"] else None


class GuideMakingForm(forms.Form):
    """Where to apply or complain, with the answer that leads there."""

    title = forms.CharField(label=_("What it is about"), max_length=80)
    language = forms.ChoiceField(label=_("Language of the text"), choices=LANGUAGES)
    link = forms.URLField(label=_("Address of the form or page"), assume_scheme="https")
    text = PlainText(
        label=_("Text"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Write [link] where the address shall stand."),
    )

    def clean_text(self) -> str:
        return canned.from_people(self.cleaned_data["text"])


class RuleForm(forms.Form):
    """How fast questions are answered, for whom and from when."""

    within = SpanField(
        label=_("Answer within"), help_text=_("Working time: 90m, 2h or 1h30m, or whole working days: 1d. 0 is none.")
    )
    from_on = Day(
        label=_("From"), required=False, help_text=_("Empty means now. Otherwise from the start of that day.")
    )
    applies_to_all = forms.BooleanField(label=_("Also what is not a question"), required=False)
    counts_closed_time = forms.BooleanField(
        label=_("Count what comes in and is answered while you are closed"), required=False
    )

    def __init__(self, *args: Any, holders: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["holder"] = forms.ChoiceField(label=_("For"), choices=holders)
        self.order_fields(["holder"])

    def rule(self) -> dict[str, Any]:
        """The rule as the command takes it, apart from for whom."""
        values = self.cleaned_data
        day = values["from_on"]
        return {
            "within": values["within"],
            "applies_to_all": values["applies_to_all"],
            "counts_closed_time": values["counts_closed_time"],
            "from_at": datetime.combine(day, time(), LOCAL) if day else None,
        }


class ChoicesForm(forms.Form):
    """How the inbox works on a page."""

    case_officers_need_approval = forms.BooleanField(
        label=_("Somebody else approves what case officers answer"), required=False
    )
    undo_seconds = forms.IntegerField(
        label=_("Seconds in which an answer can be taken back"), min_value=0, max_value=300
    )
    warn_before = SpanField(label=_("Warn before the deadline"), help_text=_("Working time, such as 1h or 30m."))
    sends_closed_receipts = forms.BooleanField(
        label=_("Send a receipt to private messages that come while you are closed"), required=False
    )
    closed_receipt_nb = PlainText(
        label=_("The receipt in bokmål"),
        required=False,
        max_length=2000,
        help_text=_("Empty means our own text: that you are closed, when you open, and that a person answers then."),
    )
    closed_receipt_nn = PlainText(label=_("The receipt in nynorsk"), required=False, max_length=2000)
    closed_receipt_en = PlainText(label=_("The receipt in English"), required=False, max_length=2000)
    sends_danger_receipts = forms.BooleanField(
        label=_("Send the help numbers when somebody's life may be in danger"), required=False
    )
    escalate_alarms_after_minutes = forms.IntegerField(
        label=_("Minutes before the next on duty is alarmed"), min_value=1, max_value=120
    )


class HelpLineForm(forms.Form):
    """A help number that somebody has looked up."""

    number = forms.RegexField(label=_("Number"), regex=r"^\+?[0-9 ]{3,20}$", max_length=20)
