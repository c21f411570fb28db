"""What was found in items, by which version of which detector."""

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from torg.dialogue.models import Item
from torg.people.scoping import ScopedQuerySet


class FindingKind(models.TextChoices):
    """The kinds of `torg.detectors.Kind`, as people call them."""

    LANGUAGE = "LANGUAGE", _("Language")
    QUESTION = "QUESTION", _("Question")
    CASE_HANDLING = "CASE_HANDLING", _("Needs case handling")
    NATIONAL_ID = "NATIONAL_ID", _("National identity number")
    PHONE = "PHONE", _("Phone number")
    EMAIL = "EMAIL", _("E-mail address")
    ACCOUNT = "ACCOUNT", _("Bank account number")
    HEALTH = "HEALTH", _("Health")
    CHILD = "CHILD", _("About a child")
    DANGER = "DANGER", _("Danger to life")
    THREAT = "THREAT", _("Threat")
    HATE = "HATE", _("Hateful")
    INSULT = "INSULT", _("Insult")
    PROFANITY = "PROFANITY", _("Swearing")
    OBSCENE = "OBSCENE", _("Obscene")
    LINK = "LINK", _("Link")


class Finding(models.Model):
    """One passage of one wording of an item, and why it was marked (funn).

    Places are Python indices into the full text. `params` holds words of our own lists, hosts and language codes,
    never what the person wrote. A new run leaves the old rows behind with `is_current` false.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="findings", db_index=False)
    scope_id = models.UUIDField()
    version_number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=FindingKind)
    code = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    score = models.FloatField()
    is_sensitive = models.BooleanField()
    detector = models.CharField(max_length=30)
    detector_version = models.CharField(max_length=20)
    is_current = models.BooleanField(default=True)
    found_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="finding_has_a_passage", condition=Q(end__gt=F("start"))),
            models.CheckConstraint(name="finding_score_is_a_share", condition=Q(score__gte=0, score__lte=1)),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="findings_of_item", fields=["item", "start"], condition=Q(is_current=True)),
            models.Index(name="findings_by_kind", fields=["scope_id", "kind"], condition=Q(is_current=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.start}–{self.end}"


class ItemAssessment(models.Model):
    """The outcome for an item's current wording, and which detectors gave it (vurdering)."""

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.PROTECT, related_name="assessment")
    scope_id = models.UUIDField()
    version_number = models.PositiveSmallIntegerField()
    detectors_version = models.CharField(max_length=200, db_index=True)
    urgency = models.PositiveSmallIntegerField(validators=[MaxValueValidator(100)])
    is_question = models.BooleanField()
    is_sensitive = models.BooleanField()
    is_danger = models.BooleanField()
    language = models.CharField(max_length=10, blank=True)
    assessed_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="urgency_to_a_hundred", condition=Q(urgency__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.urgency}"
