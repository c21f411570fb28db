"""Pages of the public site, ready to send, and which server holds copies of what."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.core import ids


class SitePage(models.Model):
    """A page or file at one address, with its bytes as they are sent, plain and compressed (gzip).

    `version` counts every change of the whole site, so that a server can say how far its copies have come.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    path = models.CharField(max_length=300, unique=True)
    etag = models.CharField(max_length=40)
    body = models.BinaryField()
    compressed = models.BinaryField()
    media_type = models.CharField(max_length=80)
    # Of a film the bytes lie in the files room under this hash, and `body` is empty.
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_size = models.PositiveBigIntegerField(default=0)
    # Which other web sites may show it in a box, in the words of the content security policy; empty: none.
    frame_ancestors = models.CharField(max_length=2000, blank=True)
    version = models.BigIntegerField(unique=True)
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="site_path_begins_with_slash", condition=Q(path__startswith="/")),
        ]

    def __str__(self) -> str:
        return self.path


class SiteCopy(models.Model):
    """How far one serving process has come: its copies are those of `version`."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    host = models.CharField(max_length=100)
    process = models.PositiveIntegerField()
    version = models.BigIntegerField()
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "site copies"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_copy_a_process", fields=["host", "process"]),
        ]

    def __str__(self) -> str:
        return f"{self.host}:{self.process}"
