"""Media, their captions, their alt texts, and what of them a crop keeps."""

from datetime import date, datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, Q
from django.utils.translation import gettext as _

from torg.core import ids
from torg.core.actors import Actor
from torg.core.errors import InvalidTransition
from torg.media import languages
from torg.media.types import PICTURES, Kind, MediumState, People, ScanState
from torg.people.models import Person, Scope
from torg.people.queries import scopes_for
from torg.people.scoping import ScopedQuerySet
from torg.people.types import Permission

_S = MediumState
NEXT_STATES: dict[MediumState, set[MediumState]] = {
    _S.KEPT: {_S.SET_ASIDE, _S.INFECTED},
    _S.SET_ASIDE: {_S.KEPT, _S.INFECTED, _S.DELETED},
    _S.INFECTED: {_S.DELETED},
    _S.DELETED: set(),
}
MIDDLE = 500
# The whole picture from side to side; points are told in thousandths.
WHOLE = 1000


class MediumQuerySet(ScopedQuerySet):
    """Media: those of one's own pages, and those that other pages share with everybody who works here."""

    def visible_to(self, actor: Actor, *, at: datetime, permission: Permission = Permission.READ) -> Self:
        """What is shared is seen by all who may read somewhere; a secret group shares nothing."""
        own = super().visible_to(actor, at=at, permission=permission)
        if permission != Permission.READ or not isinstance(actor, Person):
            return own
        # Told by the scopes that one reads, so that the database is not asked twice.
        somewhere = Exists(scopes_for(actor, Permission.READ, at=at))
        secret = Scope.objects.filter(is_secret=True).values("id")
        return own | self.filter(Q(somewhere) & Q(is_shared=True) & ~Q(scope_id__in=secret))


class Medium(models.Model):
    """A picture, graphic, film or sound in the library (mediefil), by the hash of its bytes; once for each page.

    The original stays as it came, with all its metadata, and is never published: copies are made from it.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    is_shared = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)
    thumbnail_sha256 = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=7, choices=Kind)
    media_type = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    # Of film and sound, where we could look into it; a film without sound needs no captions.
    seconds = models.PositiveIntegerField(null=True)
    has_sound = models.BooleanField(null=True)
    # Of a film: a picture of the library's own in place of one from it, when, and what it shows.
    poster_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    poster_at = models.PositiveIntegerField(null=True)
    poster_alt = models.CharField(max_length=1000, blank=True)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=9, choices=MediumState, default=MediumState.KEPT)
    scan_state = models.CharField(max_length=10, choices=ScanState)
    scanned_at = models.DateTimeField(null=True)
    owner = models.CharField(max_length=200)
    licence = models.CharField(max_length=200, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    until_on = models.DateField(null=True)
    # That the end of our right to it was followed up with tasks.
    ended_at = models.DateTimeField(null=True)
    people = models.CharField(max_length=7, choices=People)
    holds_text = models.BooleanField()
    text = models.TextField(blank=True)
    # What the file itself carried and the copies do not: codes such as POSITION.
    hidden_data = models.JSONField(default=list)
    can_be_stripped = models.BooleanField()
    # Of a graphic: hundredths of the estimated contrast between its two main colours (WCAG 2.1).
    contrast = models.PositiveIntegerField(null=True)
    focus_x = models.PositiveSmallIntegerField(default=MIDDLE)
    focus_y = models.PositiveSmallIntegerField(default=MIDDLE)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = MediumQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="medium_once_for_each_page", fields=["scope_id", "sha256"], condition=~Q(state="DELETED")
            ),
            models.CheckConstraint(
                name="medium_focus_is_in_the_picture", condition=Q(focus_x__lte=WHOLE, focus_y__lte=WHOLE)
            ),
            models.CheckConstraint(
                name="picture_has_a_size",
                condition=~Q(kind__in=PICTURES) | Q(width__isnull=False, height__isnull=False),
            ),
            models.CheckConstraint(
                name="searched_medium_says_when",
                condition=~Q(scan_state__in=["CLEAN", "INFECTED"]) | Q(scanned_at__isnull=False),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="media_newest_first", fields=["-added_at", "-id"]),
            models.Index(name="media_to_search", fields=["added_at"], condition=Q(scan_state="WAITING")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown as a picture, cropped and scaled."""
        return self.kind in PICTURES

    @property
    def name(self) -> str:
        """What a downloaded file is called."""
        return f"{self.title[:60]}.{self.media_type.rpartition('/')[2]}"

    @property
    def is_film(self) -> bool:
        """Whether it is played with a picture, and so needs captions."""
        return self.kind == Kind.FILM

    @property
    def captions_now(self) -> "list[Captions]":
        """The captions of today, by language."""
        return sorted((one for one in self.captions.all() if one.replaced_at is None), key=lambda one: one.language)

    @property
    def is_silent(self) -> bool:
        """Whether we know that nothing is heard in it."""
        return self.has_sound is False

    def has_rights(self, *, on: date) -> bool:
        """Whether we may still use it on this day."""
        return self.until_on is None or on <= self.until_on

    def move_to(self, state: MediumState) -> None:
        """Take the next step; raises InvalidTransition for one that does not follow."""
        now = MediumState(self.state)
        if state not in NEXT_STATES[now]:
            raise InvalidTransition(
                _("What is “%(now)s” cannot become “%(then)s”.") % {"now": now.label, "then": state.label}
            )
        self.state = state


class ShapeFocus(models.Model):
    """Another point than the picture's own for one shape, such as a tall one that would cut somebody off."""

    medium = models.ForeignKey(Medium, on_delete=models.CASCADE, related_name="shape_focuses")
    shape = models.CharField(max_length=30)
    x = models.PositiveSmallIntegerField()
    y = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_focus_for_each_shape", fields=["medium", "shape"]),
            models.CheckConstraint(name="shape_focus_is_in_the_picture", condition=Q(x__lte=WHOLE, y__lte=WHOLE)),
        ]

    def __str__(self) -> str:
        return f"{self.medium_id}: {self.shape}"


class Captions(models.Model):
    """The captions of a film in one language (teksting), as WebVTT; WCAG 2.1, 1.2.2.

    A wording that has been replaced stays, by its hash: articles show the one that they were approved with.
    """

    medium = models.ForeignKey(Medium, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(max_length=8)
    vtt = models.TextField()
    sha256 = models.CharField(max_length=64)
    cues = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_set_of_captions_a_language",
                fields=["medium", "language"],
                condition=Q(replaced_at=None),
            ),
            models.UniqueConstraint(name="captions_kept_once", fields=["medium", "language", "sha256"]),
        ]

    def __str__(self) -> str:
        return f"{self.medium_id}: {self.language}"

    @property
    def language_name(self) -> str:
        return languages.name_of(self.language)


class AltText(models.Model):
    """A text alternative that a picture has been given (alternativ tekst), to be suggested the next time."""

    medium = models.ForeignKey(Medium, on_delete=models.CASCADE, related_name="alt_texts")
    language = models.CharField(max_length=8)
    text = models.CharField(max_length=1000)
    used_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="an_alt_text_is_kept_once", fields=["medium", "language", "text"]),
        ]

    def __str__(self) -> str:
        return f"{self.medium_id}: {self.language}"

    @property
    def language_name(self) -> str:
        return languages.name_of(self.language)
