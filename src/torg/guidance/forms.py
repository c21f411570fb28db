"""What people fill in: questions for advice, entries of the guide, own wordings, elections, a quiz."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import dates
from django.utils.translation import gettext_lazy as _

from torg.guidance.content import Question
from torg.guidance.types import ElectionKind, Topic
from torg.people.grouping import LEAST

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AskForm(forms.Form):
    """A question to the information unit."""

    topic = forms.ChoiceField(label=_("What it is about"), choices=Topic.choices)
    text = forms.CharField(
        label=_("Your question"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Do not write names or other personal data: tell what kind of situation it is."),
    )


class WriteForm(forms.Form):
    """An answer, or a question asked again. The label is the view's."""

    text = forms.CharField(label=_("Your answer"), widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *arguments: Any, label: Any = None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if label is not None:
            self.fields["text"].label = label


class EntryForm(forms.Form):
    """An entry of the guide."""

    title = forms.CharField(label=_("The question, in general words"), max_length=160)
    body = forms.CharField(
        label=_("The answer"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Everybody can read this. No names, and nothing by which somebody can be recognised."),
    )
    topic = forms.ChoiceField(label=_("What it is about"), choices=Topic.choices)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class SearchForm(forms.Form):
    """A search in the guide."""

    text = forms.CharField(label=_("Search the guide"), required=False, max_length=200)
    topic = forms.ChoiceField(
        label=_("What it is about"), choices=[("", _("Everything")), *Topic.choices], required=False
    )


class TermForm(forms.Form):
    """How fast questions are answered."""

    within = forms.CharField(
        label=_("Answer within"), max_length=12, help_text=_("Working time, such as 2h, or 1d for one working day.")
    )


class RoutineForm(forms.Form):
    """When reminders begin, and how many must work in a unit that is counted alone."""

    first_month = forms.TypedChoiceField(
        label=_("Remind from"), coerce=int, choices=[(number, dates.MONTHS[number]) for number in range(1, 13)]
    )
    least_people = forms.IntegerField(label=_("Fewest people in a unit that is shown alone"), min_value=LEAST)


class ElectionForm(forms.Form):
    """An election and its days."""

    kind = forms.ChoiceField(label=_("What is voted on"), choices=ElectionKind.choices)
    from_on = forms.DateField(label=_("The rules hold from"), widget=DATE)
    voting_on = forms.DateField(label=_("Day of voting"), widget=DATE)


class OwnTextForm(forms.Form):
    """The municipality's own wording of a text."""

    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    body = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 6}), required=False)
    from_on = forms.DateField(label=_("From"), widget=DATE)


class ChoiceForm(forms.Form):
    """One question of a quiz. Which options there are is the question's; what was answered before comes signed."""

    progress = forms.CharField(widget=forms.HiddenInput)
    question = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, asked: Question, language: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["option"] = forms.ChoiceField(
            label=asked.text.in_language(language),
            choices=[(option.id, option.text.in_language(language)) for option in asked.options],
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Choose one of the answers."),
                "invalid_choice": _("Choose one of the answers."),
            },
        )
