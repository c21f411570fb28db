"""What an article says, version by version, and what people have decided about each; nothing here is ever changed."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from torg.channels.models import Connection
from torg.core import ids
from torg.media.types import Pins
from torg.people.models import Person
from torg.publishing.models.article import Article


class ArticleVersion(models.Model):
    """Everything that people would read, as it was at one time (versjon). Approval is of a version."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    main_language = models.CharField(max_length=5)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_version_per_number", fields=["article", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} version {self.number}"


class ArticleText(models.Model):
    """One language of a version (språkversjon). `body` is Markdown without HTML."""

    version = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=5)
    title = models.CharField(max_length=200)
    lead = models.TextField(blank=True)
    body = models.TextField(blank=True)
    # The version at which somebody last wrote this text, or said that it still fits the main one.
    confirmed_number = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_text_per_language", fields=["version", "language"]),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.language}"


class ArticlePicture(models.Model):
    """A picture of a version, with its text alternative in each language (`alts`), or marked as decoration."""

    version = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="pictures")
    medium_id = models.UUIDField(db_index=True)
    place = models.PositiveSmallIntegerField()
    is_decorative = models.BooleanField(default=False)
    alts = models.JSONField(default=dict)
    holds_text = models.BooleanField(default=False)
    is_text_told = models.BooleanField(default=False)
    credit = models.CharField(max_length=200, blank=True)
    contrast = models.FloatField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_picture_per_place", fields=["version", "place"]),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} picture {self.place}"


class ArticleFilm(models.Model):
    """A film or sound of a version: the library's, or at an address elsewhere with captions in these languages.

    Of the library's, the version holds which wording of its captions (`captions`: by language, SHA-256), which poster
    and what transcript people approved.
    """

    version = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="films")
    place = models.PositiveSmallIntegerField()
    address = models.URLField(max_length=500, blank=True)
    medium_id = models.UUIDField(null=True, db_index=True)
    title = models.CharField(max_length=200)
    caption_languages = ArrayField(models.CharField(max_length=5), default=list)
    has_speech = models.BooleanField(default=True)
    captions = models.JSONField(default=dict)
    poster_sha256 = models.CharField(max_length=64, blank=True)
    poster_alt = models.CharField(max_length=1000, blank=True)
    transcript = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_film_per_place", fields=["version", "place"]),
            models.CheckConstraint(
                name="film_stands_in_one_place",
                condition=models.Q(address="", medium_id__isnull=False)
                | ~models.Q(address="") & models.Q(medium_id=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} film {self.place}"

    @property
    def pins(self) -> Pins:
        """What belongs to the film in this version."""
        return Pins(self.captions, self.poster_sha256, self.poster_alt, self.transcript)


class ChannelText(models.Model):
    """What one channel is to get of a version (kanaltekst)."""

    version = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="channel_texts")
    connection = models.ForeignKey(Connection, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=5)
    text = models.TextField()
    has_link = models.BooleanField(default=True)
    picture_ids = ArrayField(models.UUIDField(), default=list)
    film_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_text_per_channel", fields=["version", "connection"]),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} for {self.connection_id}"


class VersionApproval(models.Model):
    """That somebody has approved a version (godkjenning). `allowed_by` says whether rules or a crisis let it count."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    version = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="approvals")
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    role = models.CharField(max_length=20)
    allowed_by = models.CharField(max_length=10, default="rule")
    incident_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_approval_per_person", fields=["version", "approved_by", "allowed_by"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class GateOverride(models.Model):
    """That the information officer lets a version out past what the gate refuses, and why (overstyring)."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    version = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="overrides")
    codes = ArrayField(models.CharField(max_length=40))
    reason = models.TextField()
    overridden_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    overridden_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="override_says_why", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Correction(models.Model):
    """What was corrected in a published article (rettelse), told on the article in each of its languages."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    version = models.OneToOneField(ArticleVersion, on_delete=models.PROTECT, related_name="correction")
    told = models.JSONField()
    corrected_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Correction")

    def __str__(self) -> str:
        return str(self.public_id)
