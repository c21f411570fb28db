"""What an archivist types about deposits, disposal, holds, erasure, and exports to a party."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from torg.records.codes import ReferenceKind
from torg.records.models import LegalReference
from torg.records.party_types import Candidate
from torg.records.preservation_codes import Disposable
from torg.records.preservation_types import RuleWanted


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class DepositForm(forms.Form):
    """The period of a deposit package."""

    starts_on = _day(_("First day of the period"))
    ends_on = _day(_("Last day of the period"))
    is_packed = forms.BooleanField(label=_("Also as one file for the receiver (DIAS)"), required=False)


class RuleForm(forms.Form):
    """A rule of disposal to be."""

    name = forms.CharField(label=_("What the rule is called"), max_length=100)
    takes = forms.ChoiceField(label=_("What it is for"), choices=Disposable.choices)
    classification = forms.CharField(
        label=_("Class"), required=False, max_length=40, help_text=_("With those below it. Leave it empty for all.")
    )
    channel = forms.CharField(label=pgettext_lazy("records", "Channel"), required=False, max_length=30)
    years = forms.IntegerField(label=_("Years after the case file was finished"), min_value=1, max_value=200)
    reference = forms.ChoiceField(label=_("Legal ground"))
    because = forms.CharField(label=_("Why?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)

    def __init__(self, *args: Any, language: str, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = LegalReference.objects.in_force(on).filter(kind=ReferenceKind.PRESERVATION).order_by("act", "paragraph")
        offered = [(row.code, _line(row, language)) for row in held]
        cast(forms.ChoiceField, self.fields["reference"]).choices = offered

    def wanted(self) -> RuleWanted:
        """The rule as the command takes it."""
        return RuleWanted(**self.cleaned_data)


class HoldForm(forms.Form):
    """A case file that is to be held, and why."""

    case = forms.CharField(label=_("Number of the case file"), max_length=20, help_text=_("Such as 2026/17."))
    because = forms.CharField(label=_("Why?"), max_length=300)


class ErasureForm(forms.Form):
    """Who asks to be erased from which entry."""

    number = forms.CharField(label=_("Number of the entry"), max_length=20, help_text=_("Such as 2026/17-3."))
    asked_by = forms.CharField(label=_("Who asks"), max_length=200)
    received_on = _day(_("The request came on"))


class AnswerForm(forms.Form):
    """The ground on which access is restricted, and the language of the letter."""

    reference = forms.ChoiceField(label=_("Restrict access"))
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, grounds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["reference"]).choices = grounds


class PartyForm(forms.Form):
    """Whom an export is about, as the archivist confirms."""

    keys = forms.MultipleChoiceField(label=_("Tick those that are this person"), widget=forms.CheckboxSelectMultiple)
    because = forms.CharField(label=_("Why, such as the number of the request"), max_length=300)

    def __init__(self, *args: Any, found: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(one.key, f"{one.name} · {one.known_from} · {one.number}") for one in found]
        cast(forms.MultipleChoiceField, self.fields["keys"]).choices = offered


def _line(row: LegalReference, language: str) -> str:
    return f"{row.cited}: {row.summary_nn if language == 'nn' else row.summary_nb}"[:140]
