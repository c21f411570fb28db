"""What the municipality has decided about its public site."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from torg.core import ids


class Comments(models.TextChoices):
    """Whether people may comment on our own site, and when it is shown."""

    CLOSED = "CLOSED", _("Nobody can comment")
    HELD = "HELD", _("Comments are shown when one of us has looked at them")
    SHOWN = "SHOWN", _("Comments are shown at once")


class SiteChoices(models.Model):
    """How the public site is run; one row, made when somebody first chooses something.

    `hub` is told when a feed has something new (WebSub); `embedding_sites` may show our newest articles in a box;
    `statement` is our statement at uustatus.no (tilgjengelighetserklæring).
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    comments = models.CharField(max_length=10, choices=Comments, default=Comments.CLOSED)
    hub = models.URLField(blank=True)
    embedding_sites = models.JSONField(default=list, blank=True)
    statement = models.URLField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="one_row_of_site_choices", condition=Q(id=1)),
        ]

    def __str__(self) -> str:
        return "public site"
