"""What an archivist fills in to publish, and to answer access requests."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.openness.commands.settings import Publishing
from torg.openness.models import JournalSettings, PublicEntry
from torg.openness.types import AccessOutcome, Answer, Ask, RequestWay, SecretScopes, Wording
from torg.records.codes import ReferenceKind
from torg.records.days import LOCAL
from torg.records.models import LegalReference

LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]


class WordingForm(forms.Form):
    """The words that everybody will read."""

    title = forms.CharField(
        label=_("Public title"),
        max_length=300,
        help_text=_("What everybody may read. Write ***** for names and for what is confidential."),
    )
    case_title = forms.CharField(label=_("Public title of the case"), max_length=300)
    masked = forms.TypedMultipleChoiceField(
        label=_("Names to mask"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    because = forms.CharField(
        label=_("Why can what we found stand?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, row: PublicEntry, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["masked"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(place, party["name"]) for place, party in enumerate(row.parties) if party["name"] != "*****"]
        if not field.choices:
            del self.fields["masked"]
        if not row.findings:
            del self.fields["because"]

    def wording(self) -> Wording:
        """What is to stand."""
        given = self.cleaned_data
        masked = frozenset(given.get("masked", ()))
        return Wording(given["title"], given["case_title"], masked, given.get("because", ""))


class ReasonForm(forms.Form):
    """Why."""

    because = forms.CharField(label=_("Why?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class SettingsForm(forms.Form):
    """How the journal is published."""

    is_on = forms.BooleanField(label=_("The journal is public"), required=False)
    from_on = forms.DateField(
        label=_("Entries from this day on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    secret_scopes = forms.ChoiceField(label=_("What is told of secret groups"), choices=SecretScopes.choices)
    contact = forms.CharField(
        label=_("Whom people reach about the journal"),
        required=False,
        max_length=300,
        help_text=_("Name of the office, e-mail and phone. It stands on every page of the journal."),
    )
    criterion = forms.CharField(
        label=_("What is chosen for the journal"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences for everybody. Leave it empty for ours."),
    )
    complaint_body = forms.CharField(
        label=_("Who decides complaints about access"), max_length=120, help_text=_("Stands in letters of refusal.")
    )
    einnsyn_address = forms.URLField(
        label=_("The address of eInnsyn's interface"), required=False, max_length=300, assume_scheme="https"
    )
    einnsyn_series = forms.CharField(label=_("The id of our part of the archive there"), required=False, max_length=60)
    einnsyn_key = forms.CharField(
        label=_("Key to eInnsyn"),
        required=False,
        max_length=300,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Encrypted before it is stored, and never shown again. Leave it empty to keep the one we have."),
    )

    def wanted(self) -> Publishing:
        """How it shall be."""
        return Publishing(**self.cleaned_data)


class EnterForm(forms.Form):
    """A request that came another way than by the form."""

    number = forms.CharField(
        label=_("Numbers of the entries"),
        max_length=1000,
        help_text=_("Such as 2026/17-3. Several are parted by commas."),
    )
    way = forms.ChoiceField(label=_("How it came"), choices=[c for c in RequestWay.choices if c[0] != RequestWay.FORM])
    received_on = forms.DateField(
        label=_("The day on which it came"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    wish = forms.CharField(
        label=_("What was asked for"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=120)
    email = forms.EmailField(label=_("E-mail"), required=False)
    address = forms.CharField(label=_("Address"), required=False, max_length=300)
    language = forms.ChoiceField(label=_("Language of the answer"), choices=LANGUAGES)

    def asked(self) -> Ask:
        """The request."""
        given = self.cleaned_data
        names = ("wish", "way", "name", "email", "address", "language")
        return Ask(**{name: given[name] for name in names})

    def numbers(self) -> list[str]:
        """The number of each entry."""
        return [part.strip() for part in self.cleaned_data["number"].split(",") if part.strip()]

    def received_at(self) -> datetime | None:
        """The beginning of the day on which it came; None for now."""
        day = self.cleaned_data["received_on"]
        return datetime.combine(day, time(), tzinfo=LOCAL) if day else None


class AnswerForm(forms.Form):
    """The decision."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=AccessOutcome.choices, widget=forms.RadioSelect)
    reference = forms.ChoiceField(
        label=_("Provision"), required=False, help_text=_("For a refusal, and for access to parts.")
    )
    secrecy = forms.CharField(
        label=_("Rule of secrecy behind § 13"),
        required=False,
        max_length=120,
        help_text=_("Such as forvaltningsloven § 13 første ledd nr. 1."),
    )
    is_more_openness_considered = forms.BooleanField(
        label=_("I have considered whether access can be given all the same (offentleglova § 11)"), required=False
    )
    reasons = forms.CharField(
        label=_("Reasons, to the one who asked"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    for_all = forms.BooleanField(
        label=_("Decide the same for all that were asked for together and wait"), required=False
    )

    def __init__(self, *args: Any, language: str, on: Any, has_others: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_others:
            del self.fields["for_all"]
        rows = LegalReference.objects.in_force(on).exclude(kind=ReferenceKind.JOURNALING)
        field = self.fields["reference"]
        assert isinstance(field, forms.ChoiceField)
        told = [
            (row.code, f"{row.cited}: {row.summary_nn if language == 'nn' else row.summary_nb}"[:140])
            for row in sorted(rows, key=lambda row: (row.act, row.paragraph.zfill(3), row.code))
        ]
        field.choices = [("", "–"), *told]

    def answer(self) -> Answer:
        """What is decided."""
        return Answer(**{name: told for name, told in self.cleaned_data.items() if name != "for_all"})

    @property
    def is_for_all(self) -> bool:
        """Whether all that came together get this answer."""
        return bool(self.cleaned_data.get("for_all"))


class ComplaintForm(forms.Form):
    """A complaint that came by letter or e-mail."""

    text = forms.CharField(
        label=_("What was written"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )


def settings_form(row: JournalSettings | None) -> SettingsForm:
    """Filled in with how it is."""
    row = row or JournalSettings()
    names = [name for name in SettingsForm.base_fields if name != "einnsyn_key"]
    return SettingsForm(initial={name: getattr(row, name) for name in names})
