"""What an author fills in to complain, and what those fill in who answer."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.moderation.complaining import Verdict
from torg.moderation.forms.fields import PlainText
from torg.moderation.models import Complaint, Decision, Outcome
from torg.moderation.words import Measure
from torg.people.models import Person

LONGEST = 20_000


class ComplaintForm(forms.Form):
    """Why the author finds the decision wrong."""

    text = PlainText(label=_("What do you think is wrong?"), rows=6, max_length=LONGEST)
    email = forms.EmailField(
        label=_("Your e-mail"),
        required=False,
        help_text=_("We write when there is news. All of it stands on this page as well."),
    )


class MoreForm(forms.Form):
    """What one of the two sides says next."""

    text = PlainText(label=_("Your message"), rows=4, max_length=LONGEST)


class LetterForm(ComplaintForm):
    """A complaint that came by letter, as a colleague writes it in."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].label = _("The complaint, word for word")
        self.fields["email"].label = _("The e-mail address of the one who complained")
        self.fields["email"].help_text = _("They are told there when there is news. The answer stands behind the link.")


class AssignmentForm(forms.Form):
    """Who is to decide: anybody but those who took part."""

    person = forms.ModelChoiceField(
        label=_("Who decides it?"),
        queryset=Person.objects.none(),
        to_field_name="public_id",
        empty_label=_("Choose a colleague"),
    )

    def __init__(self, *args: Any, took_part: Collection[int], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["person"]
        field.queryset = Person.objects.filter(left_at=None).exclude(pk__in=took_part).order_by("name")


class VerdictForm(forms.Form):
    """The decision of a complaint; what can be given back in part is asked only where there is something to give."""

    outcome = forms.ChoiceField(label=_("Is the author right?"), choices=Outcome.choices, widget=forms.RadioSelect)
    shows_again = forms.BooleanField(label=_("Right in part: show the text again"), required=False, initial=True)
    lifts_sanction = forms.BooleanField(
        label=_("Right in part: lift what followed for the author"), required=False, initial=True
    )
    reasons = PlainText(label=_("The reasons, as the author reads them"), rows=6)
    lesson = PlainText(
        label=_("What the rules should learn"),
        rows=2,
        required=False,
        help_text=_("Stays with us. Whoever keeps the rules reads it."),
    )
    is_impartial = forms.BooleanField(
        label=_("I am impartial: I took no part in the decision, and have no tie to the author (fvl. § 6)")
    )

    def __init__(self, *args: Any, decision: Decision, **options: Any) -> None:
        super().__init__(*args, **options)
        if decision.measure != Measure.HIDE:
            del self.fields["shows_again"]
        if not decision.sanction:
            del self.fields["lifts_sanction"]

    def verdict(self) -> Verdict:
        """What was filled in."""
        given = self.cleaned_data
        return Verdict(**(given | {"outcome": Outcome(given["outcome"])}))


def forms_for(complaint: Complaint) -> dict[str, forms.Form]:
    """Empty forms for everything that can be done with a complaint."""
    return {
        "more_form": MoreForm(),
        "verdict_form": VerdictForm(decision=complaint.decision),
        "assignment_form": AssignmentForm(took_part=complaint.took_part),
    }
