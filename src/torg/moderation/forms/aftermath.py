"""What is filled in when something must go at once, when personal data was exposed, and for the police."""

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.moderation.breaching import LONGEST, Assessment
from torg.moderation.forms.fields import PlainText
from torg.moderation.models import Breach, Exposed, Risk
from torg.moderation.words import SEVERE, Ground, to_choose

YES_NO = [("yes", _("Notify the authority")), ("no", _("Do not notify"))]


class RemovingForm(forms.Form):
    """Hide at once, propose deletion and call the second person."""

    ground = forms.ChoiceField(label=_("Ground"), choices=[("", _("Choose a ground")), *to_choose(SEVERE)])
    reason = PlainText(label=_("Why, in a few words that name nobody"), rows=2, max_length=500)
    is_impartial = forms.BooleanField(
        label=_("I am impartial: the text is not about me or anybody close to me, and I have no stake in it (fvl. § 6)")
    )

    def clean_ground(self) -> Ground:
        return Ground(self.cleaned_data["ground"])


class PoliceForm(forms.Form):
    """Why the evidence goes to the police."""

    reason = PlainText(label=_("Why does it go to the police?"), rows=2, max_length=1000)


class AssessmentForm(forms.Form):
    """What the authority asks for, in words that name nobody."""

    what = PlainText(label=_("What happened?"), rows=3, max_length=LONGEST, required=False)
    exposed = forms.ChoiceField(label=_("Kind of personal data"), choices=Exposed.choices)
    whom = PlainText(
        label=_("Whom does it concern?"),
        rows=2,
        max_length=LONGEST,
        required=False,
        help_text=_("Groups, such as pupils or patients. No names."),
    )
    how_many = forms.IntegerField(label=_("How many, about?"), min_value=0, max_value=10_000_000, required=False)
    consequence = PlainText(label=_("What can follow from it?"), rows=3, max_length=LONGEST, required=False)
    measures = PlainText(label=_("What is done, and what will be done?"), rows=3, max_length=LONGEST, required=False)
    risk = forms.TypedChoiceField(
        label=_("How likely is harm?"), choices=Risk.choices, coerce=int, widget=forms.RadioSelect
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def assessment(self) -> Assessment:
        """What was filled in."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}
        return Assessment(**(given | {"exposed": Exposed(given["exposed"]), "risk": Risk(given["risk"])}))


class BreachDecisionForm(forms.Form):
    """Whether the authority is notified, and why."""

    notifies = forms.ChoiceField(label=_("What is decided?"), choices=YES_NO, widget=forms.RadioSelect)
    reason = PlainText(label=_("Why?"), rows=3, max_length=LONGEST)

    def clean_notifies(self) -> bool:
        return bool(self.cleaned_data["notifies"] == "yes")


class NotifiedForm(forms.Form):
    """That the authority is notified."""

    reference = forms.CharField(label=_("The authority's number"), max_length=60, required=False)
    late_because = PlainText(
        label=_("Why it is late"), rows=2, required=False, help_text=_("After the 72 hours it must be said.")
    )


class AffectedForm(forms.Form):
    """That those affected are told, or why not."""

    not_told_because = PlainText(
        label=_("Why they are not told"), rows=2, required=False, help_text=_("Empty: they are told.")
    )


def forms_for_breach(breach: Breach) -> dict[str, forms.Form]:
    """Forms for all that can be done with a breach, the assessment filled in as it stands."""
    names = ("what", "exposed", "whom", "how_many", "consequence", "measures", "risk")
    initial = {name: getattr(breach, name) for name in names} | {"seen_version": breach.version}
    return {
        "assessment_form": AssessmentForm(initial=initial),
        "decision_form": BreachDecisionForm(),
        "notified_form": NotifiedForm(),
        "affected_form": AffectedForm(),
    }
