"""What others want on the main page: orders from units without a page, and tips from local pages."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from torg.core import ids
from torg.people.models import Person, Unit
from torg.people.scoping import ScopedQuerySet
from torg.publishing.models.article import Article
from torg.publishing.models.topics import TargetGroup


class WishState(models.TextChoices):
    """What has become of an order or a tip."""

    NEW = "NEW", pgettext_lazy("order", "New")
    TAKEN = "TAKEN", pgettext_lazy("order", "Taken on")
    DECLINED = "DECLINED", pgettext_lazy("order", "Declined")


class Order(models.Model):
    """A post that a unit without a page of its own wants on the main page (bestilling, strategy C4)."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    wish = models.TextField()
    wanted_on = models.DateField(null=True, blank=True)
    group = models.ForeignKey(TargetGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ordered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=WishState, default=WishState.NEW)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.PROTECT, related_name="orders")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="order_is_answered_by_somebody",
                condition=Q(state="NEW", answered_at=None) | (~Q(state="NEW") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="order_taken_becomes_an_article",
                condition=~Q(state="TAKEN") | Q(article__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class PostTip(models.Model):
    """That something on a local page is worth the main page (tips til hovedsiden, strategy C3).

    `source_kind` is `publishing.article`, `dialogue.post` or `dialogue.thread`, and `source_id` its public id.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    from_scope_id = models.UUIDField(db_index=True)
    source_kind = models.CharField(max_length=40)
    source_id = models.UUIDField()
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    address = models.TextField(blank=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=WishState, default=WishState.NEW)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.PROTECT, related_name="tips")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_open_tip_per_source",
                fields=["scope_id", "source_kind", "source_id"],
                condition=Q(state="NEW"),
            ),
            models.CheckConstraint(
                name="tip_taken_becomes_an_article",
                condition=~Q(state="TAKEN") | Q(article__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
