"""What an archivist fills in."""

import re
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from torg.core.errors import Invalid
from torg.people.models import Person
from torg.records.codes import (
    WRITTEN_HERE,
    AccessCode,
    ChannelTreatment,
    FollowUpMethod,
    Outcome,
    Question,
    ReferenceKind,
    RestrictionTarget,
)
from torg.records.internal import Upload, Written
from torg.records.models import CaseFile, JournalEntry, LegalReference
from torg.records.types import Titles

NUMBER = re.compile(r"\s*(\d{4})\s*/\s*(\d+)\s*(?:-\s*(\d+)\s*)?")


class AssessmentForm(forms.Form):
    """The questions of an assessment, with what the facts suggest filled in."""

    answers = forms.MultipleChoiceField(
        label=_("Tick what you answer with yes"),
        choices=Question.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("", _("As the answers give")), *Outcome.choices],
        required=False,
        help_text=_("Choose here only if the outcome should be another. Then say why."),
    )
    because = forms.CharField(
        label=_("Why?"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )


class JournalForm(forms.Form):
    """Titles, and the case file to journal in."""

    title = forms.CharField(label=_("Title"), max_length=300)
    public_title = forms.CharField(
        label=_("Public title"),
        max_length=300,
        help_text=_("What everybody may read. Write ***** for names and for what is confidential."),
    )
    case = forms.CharField(
        label=_("Number of the case file"),
        required=False,
        max_length=20,
        help_text=_("Such as 2026/17. Leave it empty for a new case file."),
    )
    case_title = forms.CharField(label=_("Title of the new case file"), required=False, max_length=300)
    classification = forms.CharField(
        label=_("Class"), required=False, max_length=40, help_text=_("The code in your classification system.")
    )
    reference = forms.ChoiceField(label=_("Restrict access"), required=False)

    def __init__(self, *args: Any, language: str, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "reference", [("", gettext("No restriction")), *grounds(language, on)])


class RestrictionForm(forms.Form):
    """What is to be restricted, on what ground, until when."""

    target = forms.ChoiceField(label=_("What is to be restricted?"))
    reference = forms.ChoiceField(label=_("Legal ground"))
    access_code = forms.ChoiceField(label=_("Kind of restriction"), choices=AccessCode.choices)
    expires_on = forms.DateField(
        label=_("Ends on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    because = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )

    def __init__(self, *args: Any, sheet: Any, language: str, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "target", targets(sheet))
        _offer(self, "reference", grounds(language, on))


class PassageForm(forms.Form):
    """A passage to restrict, written as it stands in the text."""

    words = forms.CharField(label=_("The words, as they stand in the text"), max_length=2000)
    reference = forms.ChoiceField(label=_("Legal ground"))

    def __init__(self, *args: Any, language: str, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "reference", grounds(language, on))


class CorrectionForm(forms.Form):
    """What can be corrected on an entry; what is frozen is left out."""

    title = forms.CharField(label=_("Title"), max_length=300)
    public_title = forms.CharField(label=_("Public title"), max_length=300)
    document_on = forms.DateField(
        label=_("Date of the document"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    responsible = forms.ModelChoiceField(
        label=_("Case officer"),
        queryset=Person.objects.filter(left_at=None).order_by("name"),
        to_field_name="public_id",
        required=False,
    )

    def __init__(self, *args: Any, frozen: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in frozen & set(self.fields):
            del self.fields[name]


class CaseForm(forms.Form):
    """What can be corrected on a case file."""

    title = forms.CharField(label=_("Title"), max_length=300)
    public_title = forms.CharField(label=_("Public title"), max_length=300)
    classification = forms.CharField(label=_("Class"), required=False, max_length=40)
    classification_title = forms.CharField(label=_("Name of the class"), required=False, max_length=200)


class FollowUpForm(forms.Form):
    """How an entry was followed up, and by which entry."""

    method = forms.ChoiceField(label=_("How was it followed up?"), choices=FollowUpMethod.choices)
    number = forms.CharField(
        label=_("By entry number"), required=False, max_length=20, help_text=_("Such as 2026/17-3.")
    )


class LongerForm(forms.Form):
    """How long a restriction must hold after all, and why."""

    until = forms.DateField(label=_("Ends on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    because = forms.CharField(label=_("Reason"), max_length=2000)


class RemarkForm(forms.Form):
    """A remark on an entry."""

    text = forms.CharField(label=_("Remark"), widget=forms.Textarea(attrs={"rows": 2}), max_length=4000)


class LinkForm(forms.Form):
    """Another entry or case file, by its number."""

    number = forms.CharField(label=_("Number of the entry or case file"), max_length=20)


class ExpiryForm(forms.Form):
    """Why an entry should not stand."""

    because = forms.CharField(label=_("Why should it not stand?"), max_length=1000)


class ChannelForm(forms.Form):
    """How a channel is treated."""

    treatment = forms.ChoiceField(label=_("How it is treated"), choices=ChannelTreatment.choices)
    days = forms.IntegerField(label=_("Working days until it must be assessed"), min_value=1, max_value=30)


class InternalForm(forms.Form):
    """An internal document or a proposal, written here."""

    entry_type = forms.ChoiceField(
        label=_("What sort of document is it?"),
        choices=[(kind.value, kind.label) for kind in WRITTEN_HERE],
        widget=forms.RadioSelect,
    )
    title = forms.CharField(label=_("Title"), max_length=300)
    public_title = forms.CharField(
        label=_("Public title"),
        max_length=300,
        help_text=_("What everybody may read. Write ***** for names and for what is confidential."),
    )
    text = forms.CharField(label=_("The document"), max_length=50_000, widget=forms.Textarea(attrs={"rows": 10}))
    document_on = forms.DateField(
        label=_("Date of the document"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    recipient = forms.CharField(label=_("Unit or colleague that it is for"), required=False, max_length=200)
    due_on = forms.DateField(
        label=_("To be followed up by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    file = forms.FileField(label=_("File that belongs to it"), required=False)

    def written(self) -> Written:
        """What was filled in."""
        told, file = self.cleaned_data, self.cleaned_data["file"]
        return Written(
            entry_type=told["entry_type"],
            titles=Titles(told["title"], told["public_title"]),
            text=told["text"],
            document_on=told["document_on"],
            recipient=told["recipient"],
            due_on=told["due_on"],
            uploads=(Upload(file.name, file.read()),) if file else (),
        )


class ArchiveNumberForm(forms.Form):
    """The case file of the archive that ours goes into."""

    number = forms.CharField(
        label=_("Its number in the archive"),
        max_length=20,
        help_text=_("Such as 2026/17. Before anything is delivered."),
    )


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = choices


def grounds(language: str, on: Any) -> list[tuple[str, str]]:
    """The grounds for restriction in force on a day, as a person reads them."""
    kinds = (ReferenceKind.ACCESS, ReferenceKind.SECRECY)
    rows = LegalReference.objects.in_force(on).filter(kind__in=kinds).order_by("act", "paragraph", "id")
    return [
        (row.code, f"{row.cited}: {row.summary_nn if language == 'nn' else row.summary_nb}"[:140])
        for row in sorted(rows, key=lambda row: (row.act, row.paragraph.zfill(3), row.code))
    ]


def targets(sheet: Any) -> list[tuple[str, str]]:
    """What can be restricted of an entry: all, the title, each correspondent and each document."""
    of = RestrictionTarget
    return [
        (of.ENTRY.value, str(of.ENTRY.label)),
        (of.TITLE.value, str(of.TITLE.label)),
        *(
            (f"{of.CORRESPONDENT}:{row.public_id}", f"{of.CORRESPONDENT.label}: {row.name}")
            for row in sheet.correspondents
        ),
        *((f"{of.DOCUMENT}:{row.public_id}", f"{of.DOCUMENT.label}: {row.title}"[:120]) for row in sheet.documents),
    ]


def case_numbered(text: str, rows: Any) -> CaseFile:
    """The case file with a number such as 2026/17; raises Invalid."""
    found = NUMBER.fullmatch(text)
    case: CaseFile | None = rows.filter(year=found[1], number=found[2]).first() if found else None
    if case is None:
        raise Invalid(gettext("There is no case file with that number. Write it as 2026/17."), field="case")
    return case


def entry_numbered(text: str, rows: Any) -> JournalEntry:
    """The entry with a number such as 2026/17-3; raises Invalid."""
    found = NUMBER.fullmatch(text)
    parts = {"case_file__year": found[1], "case_file__number": found[2], "post_number": found[3]} if found else {}
    entry: JournalEntry | None = rows.filter(**parts).first() if found and found[3] else None
    if entry is None:
        raise Invalid(gettext("There is no entry with that number. Write it as 2026/17-3."), field="number")
    return entry
