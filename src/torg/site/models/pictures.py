"""Which pictures of the media library stand on the public site, in which sizes."""

from typing import ClassVar

from django.db import models


class PictureCopy(models.Model):
    """One published copy of a picture: its size, and the address that holds the digest of its bytes."""

    medium_id = models.UUIDField()
    shape = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    path = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_copy_of_each_size", fields=["medium_id", "shape", "width"]),
        ]

    def __str__(self) -> str:
        return self.path
