"""Entries of the public journal, with every wording that has been public."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.openness.types import PublicationState
from torg.people.scoping import ScopedQuerySet
from torg.records.codes import EntryType
from torg.records.models import JournalEntry

_S = PublicationState
NEXT_STATES: dict[PublicationState, set[PublicationState]] = {
    _S.PROPOSED: {_S.PUBLISHED, _S.KEPT_OUT},
    # What has changed since it was reviewed is taken away until somebody has looked again.
    _S.PUBLISHED: {_S.WITHDRAWN, _S.PROPOSED},
    _S.KEPT_OUT: {_S.PROPOSED},
    _S.WITHDRAWN: {_S.PROPOSED},
}


class PublicEntry(models.Model):
    """What the public may read of one journal entry (innføring i offentleg journal). Nothing unreviewed is public.

    `proposal` is what was put before the archivist; `title`, `case_title` and `parties` what she let stand. `bodies`
    are the parties that are no persons. `names` are the persons' names, by which one can search for a year
    (offentlegforskrifta § 7); after that they are gone from here, and stand on the entry's own page only.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="public_entry")
    day = models.DateField()
    number = models.CharField(max_length=20)
    case_number = models.CharField(max_length=20)
    entry_type = models.CharField(max_length=4, choices=EntryType)
    document_on = models.DateField()
    state = models.CharField(max_length=10, choices=PublicationState, default=PublicationState.PROPOSED)
    proposal = models.JSONField()
    title = models.CharField(max_length=300)
    case_title = models.CharField(max_length=300)
    parties = models.JSONField()
    ground = models.CharField(max_length=300, blank=True)
    bodies = models.TextField(blank=True)
    names = models.TextField(blank=True)
    findings = ArrayField(models.CharField(max_length=20), default=list)
    is_neutral = models.BooleanField(default=False)
    because = models.TextField(blank=True)
    proposed_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=120, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    einnsyn_id = models.CharField(max_length=60, blank=True)
    search = models.GeneratedField(
        expression=SearchVector("title", "case_title", "bodies", config="norwegian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    name_search = models.GeneratedField(
        expression=SearchVector("names", config="simple"), output_field=SearchVectorField(), db_persist=True
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="nothing_unreviewed_is_public",
                condition=~Q(state=PublicationState.PUBLISHED)
                | Q(reviewed_by__startswith="person:", reviewed_at__isnull=False, published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="kept_out_or_withdrawn_with_a_reason",
                condition=~Q(state__in=[PublicationState.KEPT_OUT, PublicationState.WITHDRAWN]) | ~Q(because=""),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="public_entries_by_day", fields=["-day", "-id"]),
            models.Index(name="entries_to_review", fields=["day", "id"], condition=Q(state="PROPOSED")),
            GinIndex(name="public_entries_search", fields=["search"]),
            GinIndex(name="public_entries_names", fields=["name_search"]),
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: PublicationState) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = PublicationState(self.state)
        if state not in NEXT_STATES[now]:
            raise InvalidTransition(
                _("An entry that is “%(now)s” cannot become “%(then)s”.") % {"now": now.label, "then": state.label}
            )
        self.state = state


class PublicationChange(models.Model):
    """One step of a public entry, with the wording that held from then on. Append-only."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    public_entry = models.ForeignKey(PublicEntry, on_delete=models.PROTECT, related_name="changes")
    state = models.CharField(max_length=10, choices=PublicationState)
    title = models.CharField(max_length=300)
    case_title = models.CharField(max_length=300)
    parties = models.JSONField()
    ground = models.CharField(max_length=300, blank=True)
    because = models.TextField(blank=True)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.public_entry_id}: {self.state}"


class JournalDay(models.Model):
    """A day of the public journal as the site has it: drawn anew when something changed, or when names grow old."""

    day = models.DateField(unique=True)
    is_stale = models.BooleanField(default=True)
    is_without_names = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="days_to_draw", fields=["day"], condition=Q(is_stale=True)),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"
