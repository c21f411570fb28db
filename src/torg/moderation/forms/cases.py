"""What people fill in about a case."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.moderation.forms.fields import Day, Listed, PlainText
from torg.moderation.notices import Parts
from torg.moderation.types import LANGUAGE_NAMES
from torg.moderation.words import (
    MILDER,
    PROPOSABLE,
    SEVERE,
    Dismissal,
    Ground,
    Measure,
    NoNotice,
    Step,
    Suggestion,
    to_choose,
)

ANY_GROUND = [("", _("Choose a ground")), *to_choose()]
SEVERE_GROUNDS = [("", _("Choose a ground")), *to_choose(SEVERE)]
LANGUAGE_CHOICES = [
    ("", _("As the author writes")),
    *LANGUAGE_NAMES.items(),
]


class ReportForm(forms.Form):
    """Point an item out to those who moderate."""

    ground = forms.ChoiceField(
        label=_("What is it about?"), choices=[("", _("Not sure")), *to_choose()], required=False
    )
    text = PlainText(label=_("What have you seen?"), rows=2, max_length=2000, required=False)


class HidingForm(forms.Form):
    """Hide for now."""

    ground = forms.ChoiceField(label=_("Ground"), choices=SEVERE_GROUNDS)
    reason = PlainText(label=_("Why at once?"), rows=2, max_length=2000)


class MarkForm(forms.Form):
    """Mark a passage: copied out of the text, the whole of it, or something that came with it."""

    ground = forms.ChoiceField(label=_("Ground"), choices=ANY_GROUND)
    passage = PlainText(
        label=_("The passage, as it stands in the text"),
        rows=2,
        max_length=8000,
        required=False,
        help_text=_("Copy it from the text. Empty means the whole text."),
    )
    which = forms.IntegerField(
        label=_("Which of the places"),
        min_value=1,
        required=False,
        help_text=_("Only where the same words stand more than once: 1 is the first place."),
    )

    def __init__(
        self,
        *args: Any,
        rules: Sequence[tuple[str, str]],
        attachments: Sequence[tuple[str, str]] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["rule"] = Listed(rules, label=_("Rule"), empty=_("Choose a rule"))
        if attachments:
            self.fields["attachment"] = forms.ChoiceField(
                label=_("What breaks the rule"), choices=[("", _("Words in the text")), *attachments], required=False
            )
        self.order_fields(["rule", "ground", "attachment"])

    def clean_rule(self) -> UUID:
        return UUID(self.cleaned_data["rule"])

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("attachment")
        return {**self.cleaned_data, "attachment": UUID(chosen) if chosen else None}


class ProposalForm(forms.Form):
    """What is proposed, why, and what milder was thought of."""

    ground = forms.ChoiceField(label=_("Ground"), choices=ANY_GROUND)
    measure = forms.ChoiceField(
        label=_("What should be done"),
        choices=[(each.value, each.label) for each in PROPOSABLE],
        widget=forms.RadioSelect,
    )
    considered = forms.MultipleChoiceField(
        label=_("Milder measures that are not enough"),
        choices=[(each.value, each.label) for each in MILDER],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The least intrusive measure that works is the right one."),
    )
    reason = PlainText(label=_("Why"), rows=3, help_text=_("The second person and the record see it."))
    sanction = forms.ChoiceField(
        label=_("What follows for the author"), choices=[("", _("Nothing more")), *Step.choices], required=False
    )
    ends_on = Day(label=_("Shut out until"), required=False)
    review_on = Day(label=_("Look at it again on"), required=False)
    language = forms.ChoiceField(label=_("Language of the notice"), choices=LANGUAGE_CHOICES, required=False)
    no_notice = forms.ChoiceField(
        label=_("Notice to the author"),
        choices=[
            ("", _("Send it")),
            *((each.value, each.label) for each in (NoNotice.WOULD_HARM, NoNotice.OTHER_MEANS)),
        ],
        required=False,
    )
    no_notice_detail = PlainText(label=_("Why no notice, or how the author was told"), rows=2, required=False)
    is_impartial = forms.BooleanField(
        label=_(
            "I am impartial: the text is not about me or anybody close to me, and I have no stake in it (fvl. § 6)"
        ),
        error_messages={"required": _("If you are partial, let a colleague take the case.")},
    )
    seen_version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, passages: Sequence[tuple[str, str]] | None, **options: Any) -> None:
        super().__init__(*args, **options)
        if passages is not None:
            label = _("The passage that breaks the rule")
            self.fields["passage"] = Listed(passages, label=label, widget=forms.RadioSelect)
            self.order_fields(["passage"])

    def suggestion(self) -> Suggestion:
        """What was filled in, as the command takes it."""
        values = self.cleaned_data
        return Suggestion(
            ground=Ground(values["ground"]),
            measure=Measure(values["measure"]),
            reason=values["reason"],
            considered=[Measure(each) for each in values["considered"]],
            is_impartial=values["is_impartial"],
            sanction=Step(values["sanction"]) if values["sanction"] else None,
            ends_on=values["ends_on"],
            review_on=values["review_on"],
            no_notice=NoNotice(values["no_notice"]) if values["no_notice"] else None,
            no_notice_detail=values["no_notice_detail"],
            language=values["language"],
        )


class BulkForm(ProposalForm):
    """The same for many cases, under one rule."""

    def __init__(self, *args: Any, rules: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, passages=None, **options)
        self.fields["rule"] = Listed(rules, label=_("Rule"), empty=_("Choose a rule"))
        self.order_fields(["rule"])

    def clean_rule(self) -> UUID:
        return UUID(self.cleaned_data["rule"])


class Chosen(forms.Field):
    """Public ids of cases that a page ticked."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[UUID]:
        try:
            found = [UUID(one) for one in value or []]
        except (ValueError, TypeError, AttributeError) as error:
            raise forms.ValidationError(_("Choose the cases again.")) from error
        if not found:
            raise forms.ValidationError(_("Choose at least one case."))
        return found


class ChosenForm(forms.Form):
    """Which cases."""

    chosen = Chosen()


class AgreementForm(forms.Form):
    """Agree as the second person."""

    note = PlainText(label=_("Note (kept with the decision)"), rows=2, required=False)
    seen_wordings = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    is_impartial = forms.BooleanField(
        label=_(
            "I am impartial: the text is not about me or anybody close to me, and I have no stake in it (fvl. § 6)"
        ),
        error_messages={"required": _("If you are partial, let a colleague take the case.")},
    )


class WordingForm(forms.Form):
    """The words of many notices in one language, with what differs in braces."""

    notice_did = PlainText(label=_("What we did"), rows=3)
    notice_why = PlainText(label=_("Which rule, and why"), rows=6)
    notice_means = PlainText(label=_("What it means for the author"), rows=5)

    @classmethod
    def filled(cls, frame: Parts, **options: Any) -> "WordingForm":
        """The form with the words as they stand."""
        return cls(initial={f"notice_{name}": said for name, said in asdict(frame).items()}, **options)

    def frame(self) -> Parts:
        """The words as they were left."""
        return Parts(**{field.name: self.cleaned_data[f"notice_{field.name}"] for field in fields(Parts)})


class EditedAgreementForm(AgreementForm):
    """Agree, with the notice in one's own words: the parts that may be put otherwise."""

    notice_did = PlainText(label=_("What we did"), rows=3, required=False)
    notice_why = PlainText(label=_("Which rule, and why"), rows=5, required=False)
    notice_means = PlainText(label=_("What it means for the author"), rows=4, required=False)

    field_order = ("notice_did", "notice_why", "notice_means", "note", "is_impartial")

    @classmethod
    def filled(cls, parts: Parts, **options: Any) -> "EditedAgreementForm":
        """The form with the notice as it stands."""
        return cls(initial={f"notice_{name}": said for name, said in asdict(parts).items()}, **options)

    def parts(self) -> Parts | None:
        """The notice as it was left; None when the form came without one."""
        names = [field.name for field in fields(Parts)]
        if not any(f"notice_{name}" in self.data for name in names):
            return None
        return Parts(**{name: self.cleaned_data[f"notice_{name}"] for name in names})


class ReturnForm(forms.Form):
    """Send a proposal back."""

    reason = PlainText(label=_("Why you disagree"), rows=2)
    is_impartial = forms.BooleanField(
        label=_(
            "I am impartial: the text is not about me or anybody close to me, and I have no stake in it (fvl. § 6)"
        ),
        error_messages={"required": _("If you are partial, let a colleague take the case.")},
    )


class DismissalForm(forms.Form):
    """Let a text stand."""

    because = forms.ChoiceField(label=_("Because"), choices=Dismissal.choices, widget=forms.RadioSelect)
    note = PlainText(label=_("Note (stays with the case)"), rows=2, required=False)
    seen_version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why."""

    reason = PlainText(label=_("Why"), rows=2)


class ToldForm(forms.Form):
    """Why a notice that stopped is not sent, or how the author was told instead."""

    reason = forms.ChoiceField(label=_("Why it is not sent"), choices=NoNotice.choices)
    detail = PlainText(label=_("In your own words"), rows=2)


class FoundForm(forms.Form):
    """What one found on the platform."""

    found = forms.ChoiceField(
        label=_("What did you find?"),
        choices=[("there", _("It was done")), ("absent", _("It was not done"))],
        widget=forms.RadioSelect,
    )


class SubjectForm(forms.Form):
    """Which colleague a text is about."""

    def __init__(self, *args: Any, colleagues: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"] = Listed(colleagues, label=_("The text is about"), empty=_("Choose a colleague"))

    def clean_person(self) -> UUID:
        return UUID(self.cleaned_data["person"])


class ReviewForm(forms.Form):
    """When a sanction is looked at next."""

    review_on = Day(label=_("Look at it again on"))


class ViewingForm(forms.Form):
    """How one wants to see pictures and gross text."""

    blurs_pictures = forms.BooleanField(label=_("Blur pictures until I open them"), required=False)
    greys_pictures = forms.BooleanField(label=_("Show pictures in shades of grey"), required=False)
    folds_gross_text = forms.BooleanField(
        label=_("Fold gross text until I open it"),
        required=False,
        help_text=_("Threats, hate, insults, swearing and obscene text, as the software sees them."),
    )
