"""Breaches of personal data: what was exposed, what was judged, and who was told in time."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, IntegerChoices, Q, TextChoices
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.moderation.models.cases import Case
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet

# Hours by the clock, nights and holidays too, from when we knew (GDPR article 33 (1)).
NOTIFY_WITHIN = timedelta(hours=72)


class BreachState(TextChoices):
    """Where a breach stands."""

    ASSESSING = "ASSESSING", _("Being assessed")
    TO_NOTIFY = "TO_NOTIFY", _("To be notified to the authority")
    NOTIFIED = "NOTIFIED", _("Notified to the authority")
    NOT_NOTIFIED = "NOT_NOTIFIED", _("Not to be notified, with a reason")
    CLOSED = "CLOSED", pgettext_lazy("breach of personal data", "Closed")


class Risk(IntegerChoices):
    """How likely it harms somebody; from LIKELY the authority is told, from HIGH those affected as well."""

    UNLIKELY = 1, _("Unlikely to harm anybody")
    LIKELY = 2, _("May harm somebody")
    HIGH = 3, _("High risk for somebody")


class Exposed(TextChoices):
    """What kind of data was exposed, and how sensitive that is."""

    IDENTITY = "IDENTITY", _("Identity numbers")
    CONTACT = "CONTACT", _("Addresses, telephone numbers, e-mail addresses")
    ECONOMY = "ECONOMY", _("Account numbers or economy")
    HEALTH = "HEALTH", _("Health")
    CHILD = "CHILD", _("Something about children")
    OTHER = "OTHER", _("Other personal data")


_S = BreachState
NEXT_STATES: dict[BreachState, set[BreachState]] = {
    _S.ASSESSING: {_S.TO_NOTIFY, _S.NOT_NOTIFIED},
    # Back to ASSESSING when one learns more.
    _S.TO_NOTIFY: {_S.NOTIFIED, _S.ASSESSING},
    _S.NOT_NOTIFIED: {_S.ASSESSING, _S.CLOSED},
    _S.NOTIFIED: {_S.CLOSED},
    _S.CLOSED: set(),
}
UNFINISHED = (BreachState.ASSESSING, BreachState.TO_NOTIFY)


class Breach(models.Model):
    """A breach of personal data (avvik; personvernforordningen art. 33 and 34), opened from a moderation case.

    `known_at` is when we knew, and `notify_by` 72 hours later. What was judged stands in our own words without naming
    anybody. `affected_told_at` or `affected_not_told` says whether those whom it is about were told. `warned` counts
    the alarms before the deadline. Seen by those only who may open what is sensitive.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="breach")
    state = models.CharField(max_length=12, choices=BreachState, default=BreachState.ASSESSING)
    known_at = models.DateTimeField()
    notify_by = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    what = models.TextField(blank=True)
    exposed = models.CharField(max_length=10, choices=Exposed, blank=True)
    whom = models.TextField(blank=True)
    how_many = models.PositiveIntegerField(null=True)
    consequence = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    risk = models.PositiveSmallIntegerField(choices=Risk, null=True)
    assessed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    notified_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    notified_at = models.DateTimeField(null=True)
    late_because = models.TextField(blank=True)
    reference = models.CharField(max_length=60, blank=True)
    affected_told_at = models.DateTimeField(null=True)
    affected_not_told = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    warned = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="breach_clock_is_72_hours", condition=Q(notify_by=F("known_at") + NOTIFY_WITHIN)
            ),
            models.CheckConstraint(
                name="breach_not_notified_says_why",
                condition=~Q(state=BreachState.NOT_NOTIFIED) | (~Q(reason="") & Q(decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="breach_notified_with_a_time",
                condition=~Q(state=BreachState.NOTIFIED) | Q(notified_at__isnull=False, notified_by__isnull=False),
            ),
            models.CheckConstraint(
                name="breach_notified_late_says_why",
                condition=Q(notified_at=None) | Q(notified_at__lte=F("notify_by")) | ~Q(late_because=""),
            ),
            models.CheckConstraint(
                name="breach_of_high_risk_tells_those_affected",
                condition=~Q(state=BreachState.CLOSED, risk=Risk.HIGH)
                | Q(affected_told_at__isnull=False)
                | ~Q(affected_not_told=""),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="breaches_due", fields=["notify_by"], condition=Q(state__in=UNFINISHED)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_assessed(self) -> bool:
        """Whether all is said that the authority asks for (article 33 (3))."""
        return bool(self.what and self.exposed and self.whom and self.consequence and self.measures and self.risk)

    def move_to(self, state: BreachState) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = BreachState(self.state)
        if state not in NEXT_STATES[now]:
            raise InvalidTransition(
                gettext("This breach stands as “%(now)s”. Load the page again.") % {"now": now.label}
            )
        self.state = state
