"""What citizens have reported by the public form, and whom we take no reports from for a while."""

from typing import ClassVar

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.moderation.models.cases import Report
from torg.moderation.words import Ground
from torg.people.models import Person


class TipState(TextChoices):
    """Where a citizen's report stands."""

    WAITING = "WAITING", _("Waiting to be placed")
    PLACED = "PLACED", _("In the moderation queue")
    LET_GO = "LET_GO", pgettext_lazy("report of a citizen", "Let go")


class LetGo(TextChoices):
    """Why a report led nowhere; all but the last are told to whoever sent it."""

    NOT_OURS = "NOT_OURS", _("It does not stand on one of our pages")
    NOT_FOUND = "NOT_FOUND", _("We could not find what it is about")
    GONE = "GONE", _("It was taken away already")
    OURS = "OURS", _("It is about what we have written ourselves")
    ABUSE = "ABUSE", _("It is no report")


_S = TipState
NEXT_STATES: dict[TipState, set[TipState]] = {
    _S.WAITING: {_S.PLACED, _S.LET_GO},
    _S.PLACED: set(),
    _S.LET_GO: set(),
}


class CitizenReport(models.Model):
    """What somebody outside has pointed out by the public form (tips fra innbygger), and its number.

    It belongs to no presence before it is placed on an item, so that it has no scope; then `report` stands in the
    case. `sender` is a keyed digest of the network address and is forgotten after some days. `email` is moved to the
    report when it is placed, and is forgotten when its owner has been told.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    number = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=8, choices=TipState, default=TipState.WAITING)
    link = models.CharField(max_length=2000)
    ground = models.CharField(max_length=20, choices=Ground, blank=True)
    text = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2)
    sender = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField()
    report = models.OneToOneField(Report, null=True, on_delete=models.PROTECT, related_name="tip")
    let_go_because = models.CharField(max_length=10, choices=LetGo, blank=True)
    handled_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    handled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="placed_report_has_its_place", condition=~Q(state=TipState.PLACED) | Q(report__isnull=False)
            ),
            models.CheckConstraint(
                name="report_let_go_says_why",
                condition=~Q(state=TipState.LET_GO) | (~Q(let_go_because="") & Q(handled_by__isnull=False)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="tips_of_sender", fields=["sender", "-received_at"], condition=~Q(sender="")),
            models.Index(name="tips_by_time", fields=["-received_at"]),
            models.Index(name="tips_waiting", fields=["received_at"], condition=Q(state=TipState.WAITING)),
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: TipState) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        if state not in NEXT_STATES[TipState(self.state)]:
            raise InvalidTransition(gettext("Somebody has dealt with this report already. Load the page again."))
        self.state = state


class Muting(models.Model):
    """That we take no reports from somebody for a while (sperret for tips), because they abused them.

    `sender` is the keyed digest of a network address or of an e-mail address; neither stands here itself.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    sender = models.CharField(max_length=64, db_index=True)
    reason = models.TextField()
    muted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    muted_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="muting_says_why", condition=~Q(reason="")),
            models.CheckConstraint(name="muting_ends", condition=Q(until_at__gt=models.F("muted_at"))),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
