"""Applications to open a page, group or profile."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.people.models import Person, Scope, Unit
from torg.people.scoping import ScopedQuerySet
from torg.registry.models.presence import Presence
from torg.registry.words import ApplicationState, PresenceKind

NEXT_STATES = {
    ApplicationState.SENT: {ApplicationState.APPROVED, ApplicationState.REFUSED, ApplicationState.WITHDRAWN},
    ApplicationState.APPROVED: set(),
    ApplicationState.REFUSED: set(),
    ApplicationState.WITHDRAWN: set(),
}


class Application(models.Model):
    """Somebody asks to open a page, group or profile, and says what they commit to (søknad, strategy C1 and C2).

    It has a scope from the first day, so that an application for a secret group is as secret as the group; the scope
    has no name before there is a presence to own it. Whoever applied does not decide.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope = models.OneToOneField(Scope, on_delete=models.PROTECT, related_name="application")
    state = models.CharField(max_length=10, choices=ApplicationState, default=ApplicationState.SENT)
    kind = models.CharField(max_length=15, choices=PresenceKind)
    name = models.CharField(max_length=120)
    purpose = models.TextField()
    target_groups = models.TextField()
    why_not_main_page = models.TextField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    posts_per_week = models.PositiveSmallIntegerField()
    legal_ground = models.TextField(blank=True)
    members = models.TextField(blank=True)
    pictures = models.TextField(blank=True)
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    sent_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reasons = models.TextField(blank=True)
    is_advised_main_page = models.BooleanField(default=False)
    presence = models.OneToOneField(Presence, null=True, on_delete=models.PROTECT, related_name="application")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="applicant_does_not_decide", condition=~Q(decided_by=F("sent_by"))),
            models.CheckConstraint(
                name="application_decided_by_somebody",
                condition=Q(state__in=("APPROVED", "REFUSED"), decided_by__isnull=False, decided_at__isnull=False)
                | Q(state__in=("SENT", "WITHDRAWN"), decided_by=None),
            ),
            models.CheckConstraint(
                name="approved_application_has_presence",
                condition=Q(state="APPROVED", presence__isnull=False) | ~Q(state="APPROVED") & Q(presence=None),
            ),
            models.CheckConstraint(name="commits_to_weekly_posts", condition=Q(posts_per_week__gte=1)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def move_to(self, state: ApplicationState) -> None:
        """Set the state. Raises InvalidTransition when somebody has decided, or it is withdrawn."""
        now = ApplicationState(self.state)
        if state not in NEXT_STATES[now]:
            raise InvalidTransition(_("The application is “%s” already. Read it again.") % now.label)
        self.state = state
