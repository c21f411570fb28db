"""How posts have done: figures as the platform told them, each under the definition that held."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from torg.publishing.models.post import ChannelPost


class Quantity(models.TextChoices):
    """What is counted, in words that all platforms share."""

    VIEWS = "VIEWS", _("Views")
    REACH = "REACH", _("Reach")
    REACTIONS = "REACTIONS", _("Reactions")
    COMMENTS = "COMMENTS", _("Comments")
    SHARES = "SHARES", _("Shares")


class Metric(models.Model):
    """One definition of a figure on a platform (måltall): its name there, our version of it, and when it began.

    Figures under two definitions are two series: they are never added up, and never drawn as one line.
    """

    platform = models.CharField(max_length=20)
    code = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    quantity = models.CharField(max_length=10, choices=Quantity)
    defined_on = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_definition_per_version", fields=["platform", "code", "version"]),
        ]

    def __str__(self) -> str:
        return f"{self.platform} {self.code} {self.version}"


class Figure(models.Model):
    """What the platform told of a post at one time (tall)."""

    post = models.ForeignKey(ChannelPost, on_delete=models.PROTECT, related_name="figures")
    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="figures")
    value = models.PositiveBigIntegerField()
    measured_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="measured_once_at_a_time", fields=["post", "metric", "measured_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.value}"
