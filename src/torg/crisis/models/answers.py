"""What was answered to all who asked, version by version, and who has been sent what was corrected."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.core import ids
from torg.crisis.models.questions import Asked, Question
from torg.inbox.models import Answer
from torg.people.models import Person


class AnswerVersion(models.Model):
    """One approved answer to a question (svar, rettet svar), by language with the question; never changed.

    `told` says, by language, what was wrong in the version before it; it is empty in the first one only.
    """

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    texts = models.JSONField()
    told = models.JSONField(default=dict)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_version_per_number_in_an_answer", fields=["question", "number"]),
            models.CheckConstraint(
                name="corrected_answer_says_what_was_wrong",
                condition=Q(number=1, told={}) | Q(Q(number__gt=1), ~Q(told={})),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} version {self.number}"


class CorrectedReply(models.Model):
    """That somebody who had got an answer is sent what was corrected in it (rettelse), once for each version."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, related_name="corrections")
    version = models.ForeignKey(AnswerVersion, on_delete=models.PROTECT, related_name="+")
    reply = models.OneToOneField(Answer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    # Why this person could not be told there, as the inbox said it.
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_corrected_reply_per_version", fields=["asked", "version"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
