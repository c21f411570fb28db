"""What people fill in about time limits and terms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from torg.moderation.types import Terms

IN_WORKING_TIME = _("In your answering hours: 4h is four hours, 1d is a whole working day.")


class Span(forms.CharField):
    """A length of working time."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", IN_WORKING_TIME)
        super().__init__(max_length=10, **options)


class TermsForm(forms.Form):
    """Every term, in the order in which a case meets it."""

    decide_within_critical = Span(label=_("Decide a case where somebody may come to harm within"))
    decide_within_severe = Span(label=_("Decide a severe case within"))
    decide_within_serious = Span(label=_("Decide a serious case within"))
    decide_within_mild = Span(label=_("Decide a mild case within"))
    hidden_at_most = Span(
        label=_("What one person hides alone must be decided within"),
        help_text=_(
            "After this, opinions are shown again. Threats and personal data stay hidden, and somebody is called."
        ),
    )
    escalate_minutes = forms.IntegerField(
        label=_("Minutes before the next on duty is called"),
        help_text=_("When something stays hidden and nobody has decided. By the clock, also at night."),
    )
    claim_minutes = forms.IntegerField(
        label=_("Minutes that a case stays with whoever took it"),
        help_text=_("Afterwards a colleague can take it."),
    )
    complaint_days = forms.IntegerField(
        label=_("Days the author has to complain"),
        help_text=_("Counted from the notice. At least 21: three weeks is what the law gives others (fvl. § 29)."),
    )
    breach_counts_days = forms.IntegerField(
        label=_("Days that a breach counts against its author"),
        help_text=_("Afterwards the next step begins from the bottom again. 365 is a year."),
    )

    def terms(self) -> Terms:
        """What was filled in, as the command takes it."""
        values: dict[str, Any] = self.cleaned_data
        return Terms(**values)
