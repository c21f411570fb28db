"""What people ask in an incident, the like together; rumours; others who inform; messages of an exercise."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from torg.core import ids
from torg.crisis.models.incidents import Incident, PartQuerySet
from torg.crisis.types import QuestionState
from torg.inbox.models import Answer, Enquiry
from torg.people.models import Person


class Question(models.Model):
    """A question that one or many have asked (spørsmål), with one answer for all of them.

    It has the scope of the first who asked. `wording` is what staff know it by, and never holds what is masked.
    `answer` is the version that holds now; `language` is the one that it was written in first.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="questions")
    wording = models.CharField(max_length=300)
    language = models.CharField(max_length=2, default="nb")
    answer = models.ForeignKey("AnswerVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=QuestionState, default=QuestionState.OPEN)
    is_public = models.BooleanField(default=False)
    first_asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="answered_question_says_by_whom",
                condition=~Q(state="ANSWERED") | Q(answered_by__isnull=False, answer__isnull=False),
            ),
            models.CheckConstraint(name="only_answers_are_public", condition=Q(is_public=False) | Q(state="ANSWERED")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class InjectedMessage(models.Model):
    """A message in the script of an exercise (innspill); it lives here only, and never in the inbox."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="injected")
    due_at = models.DateTimeField()
    author = models.CharField(max_length=80)
    text = models.TextField()
    arrived_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.public_id)


class Asked(models.Model):
    """That somebody has asked a question: an enquiry in the inbox or, in an exercise, a scripted message."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="asked")
    enquiry = models.ForeignKey(Enquiry, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    injected = models.ForeignKey(InjectedMessage, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    # Which answer this person got first, and the reply that it was; what was corrected since stands beside.
    version = models.ForeignKey("AnswerVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reply = models.OneToOneField(Answer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    # Why this person could not be answered there, as the inbox said it.
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_question_per_enquiry", fields=["enquiry"]),
            models.UniqueConstraint(name="one_question_per_scripted_message", fields=["injected"]),
            models.CheckConstraint(
                name="asked_in_the_inbox_or_in_the_script",
                condition=Q(enquiry=None, injected__isnull=False) | Q(enquiry__isnull=False, injected=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Rumour(models.Model):
    """Something that is said and is wrong (rykte), and what is right; on the status page until it is taken away.

    `texts` holds both by language, `language` is the one that it was written in first.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="rumours")
    language = models.CharField(max_length=2, default="nb")
    texts = models.JSONField()
    corrected_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.public_id)


class OtherSource(models.Model):
    """Somebody else who informs about the incident, such as the police; a link on the status page."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="sources")
    name = models.CharField(max_length=100)
    address = models.URLField(max_length=300)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="one_source_per_address", fields=["incident", "address"], condition=Q(ended_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.name
