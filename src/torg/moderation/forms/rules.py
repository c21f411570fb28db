"""What people fill in about rules."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from torg.moderation.forms.fields import Day, PlainText
from torg.moderation.types import LANGUAGE_NAMES, LANGUAGES, Basis, RuleDraft, Severity, Wording

LOCAL = ZoneInfo("Europe/Oslo")
# Room for the rule's own wording and the way to complain must be left in the shortest letters.
LONGEST_NOTICE = 600
HELP = {
    "title": _("Short, and said as a request."),
    "breaches": _("One example a line. Invented ones, never from a real comment."),
    "allowed": _("What somebody could think is against the rule, and is not. One example a line."),
    "law": _("For a rule that rests on the law: the act and the section."),
    "notice": _(
        "Stands beside the rule when we tell somebody what we have done."
        " Say what they can do instead, in a friendly way. Everyone can read it in the public change log."
    ),
}


class RuleForm(forms.Form):
    """All that a rule says, in three languages."""

    basis = forms.ChoiceField(label=_("Rests on"), choices=Basis.choices, widget=forms.RadioSelect)
    severity = forms.ChoiceField(
        label=_("How grave a breach is"),
        choices=Severity.choices,
        help_text=_("Nothing can be removed under a rule that is only guidance."),
    )
    is_law_checked = forms.BooleanField(
        label=_("I have read the section of the law, and the reference is right"), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for language in LANGUAGES:
            for part, field in _parts(is_required=language == "nb").items():
                field.widget.attrs["lang"] = language
                self.fields[f"{part}_{language}"] = field

    @classmethod
    def of(cls, draft: RuleDraft | None, data: Any = None) -> "RuleForm":
        """The form, filled with what the draft says."""
        if draft is None:
            return cls(data, initial={"basis": Basis.HOUSE, "severity": Severity.MILD})
        initial: dict[str, Any] = {name: getattr(draft, name) for name in ("basis", "severity", "is_law_checked")}
        for language, wording in draft.wordings.items():
            initial |= {f"{part}_{language}": getattr(wording, part) for part in Wording.__slots__}
        return cls(data, initial=initial)

    def draft(self) -> RuleDraft:
        """What was filled in, as the command takes it."""
        values = self.cleaned_data
        wordings = {
            language: Wording(**{part: values[f"{part}_{language}"] for part in Wording.__slots__})
            for language in LANGUAGES
        }
        return RuleDraft(wordings, Basis(values["basis"]), Severity(values["severity"]), values["is_law_checked"])

    def common(self) -> list[BoundField]:
        """What is the same in every language."""
        return [self[name] for name in self.base_fields]

    def languages(self) -> Iterator[tuple[str, str, list[BoundField]]]:
        """Each language with its code, its own name and its fields."""
        for language in LANGUAGES:
            yield language, LANGUAGE_NAMES[language], [self[f"{part}_{language}"] for part in Wording.__slots__]


class PublicationForm(forms.Form):
    """From which day a rule holds."""

    valid_from = Day(
        label=_("Holds from"), required=False, help_text=_("Empty means now. Otherwise from the start of that day.")
    )

    def clean_valid_from(self) -> datetime | None:
        """The start of that day, here."""
        day = self.cleaned_data["valid_from"]
        return datetime.combine(day, time(), LOCAL) if day else None


def _parts(*, is_required: bool) -> dict[str, forms.Field]:
    return {
        "title": forms.CharField(label=_("Title"), max_length=120, required=is_required, help_text=HELP["title"]),
        "text": PlainText(label=_("Text"), required=False),
        "breaches": PlainText(
            label=_("Breaks the rule"), rows=3, max_length=2000, required=False, help_text=HELP["breaches"]
        ),
        "allowed": PlainText(label=_("Is allowed"), rows=3, max_length=2000, required=False, help_text=HELP["allowed"]),
        "law": forms.CharField(label=_("Legal reference"), max_length=300, required=False, help_text=HELP["law"]),
        "notice": PlainText(
            label=_("To whoever has broken the rule"),
            rows=3,
            max_length=LONGEST_NOTICE,
            required=False,
            help_text=HELP["notice"],
        ),
    }
