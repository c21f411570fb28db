"""Exports of all that is held about somebody."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.core import ids
from torg.people.models import Person
from torg.records.preservation_codes import ExportState


class PartyExport(models.Model):
    """All that is held about one person, as one file (partsinnsyn, GDPR article 15, forvaltningsloven § 18).

    `party` says who, as the person who ordered it confirmed: keys of authors and correspondents. It is erased with
    the file when the export expires; what remains is that it was made, by whom, why and how much it held.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    party = models.JSONField(default=list)
    because = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=ExportState, default=ExportState.WAITING)
    counts = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    ordered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="ready_export_has_a_file",
                condition=~Q(state=ExportState.READY) | (~Q(sha256="") & Q(made_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="expired_export_tells_of_nobody",
                condition=~Q(state=ExportState.EXPIRED) | Q(sha256="", party=[]),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="exports_that_expire", fields=["expires_at"], condition=~Q(state=ExportState.EXPIRED)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
