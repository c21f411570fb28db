"""What is made of a film: its sizes for the web, and the pictures of it that one can stand for the whole."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.media.models.media import Medium
from torg.media.types import SizeProblem, SizeState


class FilmSize(models.Model):
    """A film in one size (visningsutgave): H.264 and AAC in MP4, without anything else that the original told.

    `lines` is how long the shorter side is; `percent` how far the making has come.
    """

    medium = models.ForeignKey(Medium, on_delete=models.CASCADE, related_name="sizes")
    lines = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=7, choices=SizeState, default=SizeState.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=10, choices=SizeProblem, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="a_film_once_in_each_size", fields=["medium", "lines"]),
            models.CheckConstraint(
                name="size_that_is_ready_has_its_file",
                condition=~Q(state="READY") | (~Q(sha256="") & Q(width__gt=0, finished_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="size_that_failed_says_why",
                condition=Q(state="FAILED", problem__in=SizeProblem.values) | (~Q(state="FAILED") & Q(problem="")),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="sizes_to_make", fields=["lines", "id"], condition=Q(state__in=["WAITING", "MAKING"])),
        ]

    def __str__(self) -> str:
        return f"{self.medium_id}: {self.lines}"


class FilmFrame(models.Model):
    """A small picture from a film, to choose what stands in its place until it is played (plakatbilde)."""

    medium = models.ForeignKey(Medium, on_delete=models.CASCADE, related_name="frames")
    milliseconds = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="a_frame_is_kept_once", fields=["medium", "milliseconds"]),
        ]

    def __str__(self) -> str:
        return f"{self.medium_id}: {self.milliseconds}"
