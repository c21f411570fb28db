"""Complaints over decisions, and what is said in them until somebody else has decided."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.moderation.models.cases import Involved
from torg.moderation.models.decisions import Decision
from torg.moderation.models.hiding import TemporaryHiding
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet


class ComplaintState(TextChoices):
    """Where a complaint stands."""

    WAITING = "WAITING", _("Waiting to be decided")
    ASKED = "ASKED", _("We have asked the author")
    DECIDED = "DECIDED", _("The complaint is decided")
    WITHDRAWN = "WITHDRAWN", _("The author took the complaint back")


class Outcome(TextChoices):
    """What a complaint led to."""

    UPHELD = "UPHELD", _("The author was right")
    PARTLY = "PARTLY", _("The author was right in part")
    REJECTED = "REJECTED", _("The decision stands")


class Way(TextChoices):
    """How a complaint came."""

    FORM = "FORM", _("By the link in the notice")
    LETTER = "LETTER", _("By letter or e-mail")


class Restoration(TextChoices):
    """What became of the text after a complaint that was right."""

    NOT_DUE = "NOT_DUE", _("Nothing to restore")
    ON_ITS_WAY = "ON_ITS_WAY", _("Being shown again")
    DONE = "DONE", _("Shown again")
    BY_HAND = "BY_HAND", _("To be shown again by hand in the app")
    IMPOSSIBLE = "IMPOSSIBLE", _("Cannot come back: it is deleted on the platform")


_S = ComplaintState
NEXT_STATES: dict[ComplaintState, set[ComplaintState]] = {
    _S.WAITING: {_S.WAITING, _S.ASKED, _S.DECIDED, _S.WITHDRAWN},
    _S.ASKED: {_S.WAITING, _S.ASKED, _S.DECIDED, _S.WITHDRAWN},
    _S.DECIDED: set(),
    _S.WITHDRAWN: {_S.WAITING},
}
UNFINISHED = (ComplaintState.WAITING, ComplaintState.ASKED)


class Complaint(models.Model):
    """An author's complaint over a decision (klage), decided by somebody other than the two who took it.

    `proposed_by` and `agreed_by` repeat the decision's, so that the database can refuse them as `decided_by`.
    `assigned_to` may be a guest without a role here, who then sees this one complaint (decisions: a guest from a
    neighbouring municipality). `lesson` is what the rulebook should learn. `decide_by` is when an answer is due.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="complaint")
    state = models.CharField(max_length=10, choices=ComplaintState, default=ComplaintState.WAITING)
    way = models.CharField(max_length=6, choices=Way)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2)
    received_at = models.DateTimeField()
    is_late = models.BooleanField()
    decide_by = models.DateTimeField()
    assigned_to = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="complaints")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    reasons = models.TextField(blank=True)
    lesson = models.TextField(blank=True)
    restoration = models.CharField(max_length=10, choices=Restoration, default=Restoration.NOT_DUE)
    restored_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="a_third_person_decides_complaints",
                condition=Q(decided_by=None) | (~Q(decided_by=F("proposed_by")) & ~Q(decided_by=F("agreed_by"))),
            ),
            models.CheckConstraint(
                name="complaint_decided_with_reasons",
                condition=~Q(state=ComplaintState.DECIDED)
                | (~Q(outcome="") & ~Q(reasons="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="complaints_due", fields=["decide_by"], condition=Q(state__in=UNFINISHED)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.state in UNFINISHED

    @cached_property
    def took_part(self) -> frozenset[int]:
        """The keys of everyone who proposed, agreed to, or hid what the complaint is about."""
        hidden = TemporaryHiding.objects.filter(case_id=self.decision.case_id).values_list("hidden_by_id", flat=True)
        return frozenset({self.proposed_by_id, self.agreed_by_id, *hidden})

    @cached_property
    def involved(self) -> frozenset[int]:
        """The keys of everyone who must stay out of the case (forvaltningsloven § 6)."""
        return frozenset(Involved.objects.filter(case_id=self.decision.case_id).values_list("person_id", flat=True))

    def move_to(self, state: ComplaintState) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = ComplaintState(self.state)
        if state not in NEXT_STATES[now]:
            raise InvalidTransition(
                gettext("This complaint stands as “%(now)s”. Load the page again.") % {"now": now.label}
            )
        self.state = state


class ComplaintMessage(models.Model):
    """What the author or the municipality wrote in a complaint; never changed. `written_by` is None for the author."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="messages")
    written_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="complaint_message_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
