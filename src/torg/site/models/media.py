"""Which media of the library stand on the public site, in which forms."""

from typing import ClassVar

from django.db import models


class MediumCopy(models.Model):
    """One published copy of a picture, film or sound, or of what belongs to a film: its captions and its poster.

    `path` holds the digest of its bytes. Pictures and films come in several widths. Only captions have a language, in
    as many wordings as articles that are out were approved with.
    """

    medium_id = models.UUIDField()
    shape = models.CharField(max_length=20)
    language = models.CharField(max_length=8, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    path = models.CharField(max_length=300)
    media_type = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name_plural = "medium copies"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_copy_of_each_form", fields=["medium_id", "shape", "width", "language", "path"]
            ),
        ]

    def __str__(self) -> str:
        return self.path
