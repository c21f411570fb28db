"""The words of moderation: how grave a breach is, what a rule rests on, and a rule's wording in one language."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("nb", "nn", "en")
# Each as it calls itself.
LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


class Severity(TextChoices):
    """How grave a breach of a rule is; nothing can be removed under a rule that only guides."""

    GUIDING = "GUIDING", _("Only guidance")
    MILD = "MILD", _("Mild")
    SERIOUS = "SERIOUS", _("Serious")
    SEVERE = "SEVERE", _("Severe")


class Basis(TextChoices):
    """What a rule rests on (grunnlag); a decision names one of them and never mixes them."""

    LAW = "LAW", _("Norwegian law")
    HOUSE = "HOUSE", _("Our own rules")


class RuleState(TextChoices):
    """A version of a rule is worked on, or stands."""

    DRAFT = "DRAFT", _("Draft")
    PUBLISHED = "PUBLISHED", _("Published")


@dataclass(frozen=True, slots=True)
class Wording:
    """What a rule says in one language.

    `breaches` and `allowed` hold one example a line. `notice` is what an author is told beside the rule when
    something is done under it: what the person can do instead, in a friendly way.
    """

    title: str
    text: str
    breaches: str = ""
    allowed: str = ""
    law: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """Time limits and terms of moderation, as the municipality decides them.

    Spans are in working time (`4h`, `1d`), minutes by the clock, days by the calendar.
    """

    hidden_at_most: str
    decide_within_mild: str
    decide_within_serious: str
    decide_within_severe: str
    decide_within_critical: str
    claim_minutes: int
    escalate_minutes: int
    complaint_days: int
    breach_counts_days: int


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """All that can be decided of a rule's version before it is published; `wordings` by language."""

    wordings: dict[str, Wording]
    basis: Basis
    severity: Severity
    is_law_checked: bool = False
