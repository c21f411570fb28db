"""What recurs, what is on hold, and who reads the plan in a calendar of their own."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.core import ids
from torg.people.models import Person
from torg.people.scoping import ScopedQuerySet
from torg.publishing.models.article import Article
from torg.publishing.models.topics import Goal, Topic


class Series(models.Model):
    """A post that comes every week (fast innslag), such as “this week at the library”.

    It makes an idea with its time in the plan; what is published still needs its text and its approval.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    title = models.CharField(max_length=200)
    weekday = models.PositiveSmallIntegerField()
    clock = models.TimeField()
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    responsible = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "series"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="series_on_a_day_of_the_week", condition=Q(weekday__lte=6)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Occurrence(models.Model):
    """That a series has made its article for a day: once, however often the job runs."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="occurrences")
    day = models.DateField()
    article = models.OneToOneField(Article, on_delete=models.PROTECT, related_name="occurrence")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_article_per_series_and_day", fields=["series", "day"]),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.day}"


class PlanHold(models.Model):
    """That nothing planned goes out until it is released, one by one (stans i planen)."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    reason_code = models.CharField(max_length=40)
    begun_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_hold_at_a_time", fields=["reason_code"], condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class HoldRelease(models.Model):
    """That an article may go out although the plan is on hold (frigitt)."""

    hold = models.ForeignKey(PlanHold, on_delete=models.PROTECT, related_name="releases")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="releases")
    released_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_release_per_hold", fields=["hold", "article"]),
        ]

    def __str__(self) -> str:
        return f"{self.hold_id} {self.article_id}"


class PlanFeed(models.Model):
    """A secret address at which a person's own calendar reads the plan (iCal). Only the key's hash is kept."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    key_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_plan_feed_per_person", fields=["person"], condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
