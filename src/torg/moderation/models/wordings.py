"""The words of the notices of many, as somebody put them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.core import ids
from torg.moderation.models.proposals import Proposal
from torg.people.models import Person


class NoticeWording(models.Model):
    """The words of a proposal's notices in one language (felles ordlyd i underretninger); what differs from one text to
    the next stands in braces. Each change is a new version, and the newest is agreed to with the proposal.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="wordings")
    language = models.CharField(max_length=2)
    number = models.PositiveSmallIntegerField()
    did = models.TextField()
    why = models.TextField()
    means = models.TextField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="wordings_are_numbered", fields=["proposal", "language", "number"]),
            models.CheckConstraint(name="wording_has_all_parts", condition=~Q(did="") & ~Q(why="") & ~Q(means="")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
