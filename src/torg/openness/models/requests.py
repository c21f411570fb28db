"""Access requests, what was decided about them, and complaints."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.openness.types import AccessOutcome, RequestState, RequestWay
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet
from torg.records.models import DocumentObject, JournalEntry, LegalReference

_S = RequestState
NEXT_STATES: dict[RequestState, set[RequestState]] = {
    # Five working days without an answer count as a refusal: one can complain over silence.
    _S.RECEIVED: {_S.DECIDED, _S.COMPLAINED, _S.WITHDRAWN},
    _S.DECIDED: {_S.COMPLAINED, _S.CLOSED},
    _S.COMPLAINED: {_S.DECIDED, _S.FORWARDED},
    _S.FORWARDED: {_S.CLOSED},
    _S.CLOSED: set(),
    _S.WITHDRAWN: set(),
}
OPEN_STATES = (_S.RECEIVED, _S.COMPLAINED)


class AccessRequest(models.Model):
    """A request to read the documents of an entry (innsynskrav, offentleglova §§ 28–29). Anonymous if one wishes.

    Exempt from journaling by itself (arkivforskrifta § 14(3)). `due_on` is the fifth working day after it came: later
    it counts as refused, and can be complained over (§ 32). The secret of its link is kept encrypted, for letters.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="access_requests")
    # The same for those that came as one, about several documents: each is decided by itself.
    bundle = models.UUIDField(null=True, db_index=True)
    way = models.CharField(max_length=10, choices=RequestWay)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    wish = models.TextField(blank=True)
    language = models.CharField(max_length=2, default="nb")
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.RECEIVED)
    received_at = models.DateTimeField()
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True)
    link_digest = models.CharField(max_length=64, unique=True)
    link_sealed = models.BinaryField()
    link_ends_at = models.DateTimeField(null=True)
    entered_by = models.CharField(max_length=120)
    forwarded_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="access_request_answered_with_time",
                condition=~Q(state__in=["DECIDED", "CLOSED"]) | Q(answered_at__isnull=False),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="access_requests_open", fields=["due_on"], condition=Q(state="RECEIVED")),
            models.Index(name="access_requests_by_time", fields=["received_at"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def move_to(self, state: RequestState) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = RequestState(self.state)
        if state not in NEXT_STATES[now]:
            raise InvalidTransition(
                _("A request that is “%(now)s” cannot become “%(then)s”.") % {"now": now.label, "then": state.label}
            )
        self.state = state


class AccessDecision(models.Model):
    """What was decided about a request (vedtak om innsyn, offentleglova § 31), with its letter. Append-only.

    A refusal, whole or in part, names paragraph, subsection and letter, and says whether more openness than the law
    demands was considered (meirinnsyn, § 11). `is_reassessment` is our own look again after a complaint.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=AccessOutcome)
    reference = models.ForeignKey(LegalReference, null=True, on_delete=models.PROTECT, related_name="+")
    secrecy = models.CharField(max_length=120, blank=True)
    is_more_openness_considered = models.BooleanField(default=False)
    reasons = models.TextField(blank=True)
    letter = models.TextField()
    is_reassessment = models.BooleanField(default=False)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="what_is_refused_names_its_ground",
                condition=Q(outcome=AccessOutcome.FULL) | Q(reference__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class HandedOut(models.Model):
    """One file that a decision lets the requester fetch: the archive form, or the redacted one. Append-only."""

    decision = models.ForeignKey(AccessDecision, on_delete=models.PROTECT, related_name="files")
    document_object = models.ForeignKey(DocumentObject, on_delete=models.PROTECT, related_name="+")
    # By this the link names the file; the archive's own ids stay inside.
    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="a_file_is_handed_out_once", fields=["decision", "document_object"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class AccessComplaint(models.Model):
    """A complaint over a refusal or over silence (klage, offentleglova § 32). Append-only; it must be journaled."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    request = models.OneToOneField(AccessRequest, on_delete=models.PROTECT, related_name="complaint")
    text = models.TextField(blank=True)
    is_over_silence = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    entered_by = models.CharField(max_length=120)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.public_id)
