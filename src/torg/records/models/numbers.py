"""Our own series of numbers: without gaps, and never used twice."""

from typing import ClassVar

from django.db import models

from torg.records.codes import NumberSeriesName


class NumberSeries(models.Model):
    """The last number given in one series and year (løpenummerserie). The row is locked until the number is used,
    so that what is undone gives its number back, and the database refuses a step backwards.
    """

    series = models.CharField(max_length=10, choices=NumberSeriesName)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_series_each_year", fields=["series", "year"]),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"

    @classmethod
    def draw(cls, series: NumberSeriesName, year: int) -> int:
        """The next number, within the caller's transaction."""
        row, _is_new = cls.objects.select_for_update().get_or_create(series=series, year=year)
        row.last += 1
        row.save(update_fields=["last"])
        return row.last
