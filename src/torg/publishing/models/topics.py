"""Topics, communication goals and target groups: what the municipality has decided that its posts are about and for."""

from typing import Any, ClassVar, Self

from django.db import models

from torg.core import ids


class Named(models.Model):
    """What has a name in each language, an address, and an end instead of a deletion."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name_nb = models.CharField(max_length=100)
    name_nn = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug

    def name_in(self, language: str) -> str:
        """Its name in the language, or in bokmål where we have no other."""
        return str(getattr(self, f"name_{language}", "") or self.name_nb)


class Current(models.QuerySet[Any]):
    """Those that have not ended."""

    def current(self) -> Self:
        return self.filter(ended_at=None).order_by("name_nb")


class Topic(Named):
    """What an article is about (tema); the public site has an archive and a feed for each."""

    objects = Current.as_manager()


class Goal(Named):
    """What a post is to achieve (kommunikasjonsmål, strategy A6), with the share of all posts that we want for it."""

    wanted_percent = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = Current.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="a_goal_is_no_more_than_everything",
                condition=models.Q(wanted_percent=None) | models.Q(wanted_percent__lte=100),
            ),
        ]


class TargetGroup(Named):
    """Whom a post is for (målgruppe, strategy A7)."""

    objects = Current.as_manager()
