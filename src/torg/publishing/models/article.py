"""Articles on their way from an idea to the public, with who does what about them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from torg.core import ids
from torg.core.errors import InvalidTransition
from torg.people.models import Person, Unit
from torg.people.scoping import ScopedQuerySet
from torg.publishing.models.topics import Goal, TargetGroup, Topic


class ArticleKind(models.TextChoices):
    """What sort of message it is."""

    ARTICLE = "ARTICLE", _("Article")
    STATEMENT = "STATEMENT", _("Statement")


class ArticleState(models.TextChoices):
    """Where an article stands."""

    IDEA = "IDEA", _("Idea")
    DRAFT = "DRAFT", pgettext_lazy("article", "Being written")
    WAITING = "WAITING", _("Waiting for approval")
    APPROVED = "APPROVED", _("Approved")
    PLANNED = "PLANNED", pgettext_lazy("article", "In the plan")
    PUBLISHED = "PUBLISHED", _("Published")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    DROPPED = "DROPPED", _("Dropped")


NEXT_STATES = {
    ArticleState.IDEA: {ArticleState.DRAFT, ArticleState.DROPPED},
    ArticleState.DRAFT: {ArticleState.WAITING, ArticleState.APPROVED, ArticleState.DROPPED},
    # Changed or sent back: what was asked for no longer stands.
    ArticleState.WAITING: {ArticleState.DRAFT, ArticleState.APPROVED},
    ArticleState.APPROVED: {ArticleState.DRAFT, ArticleState.PLANNED, ArticleState.PUBLISHED, ArticleState.DROPPED},
    ArticleState.PLANNED: {ArticleState.DRAFT, ArticleState.APPROVED, ArticleState.PUBLISHED},
    ArticleState.PUBLISHED: {ArticleState.WITHDRAWN},
    ArticleState.WITHDRAWN: set(),
    ArticleState.DROPPED: {ArticleState.DRAFT},
}

UNPUBLISHED = (
    ArticleState.IDEA,
    ArticleState.DRAFT,
    ArticleState.WAITING,
    ArticleState.APPROVED,
    ArticleState.PLANNED,
)


class Article(models.Model):
    """One message to the public (artikkel). It stands on our own site first; posts on channels are made from it.

    `planned_on` and `planned_clock` are a time on the wall in Norway, turned into a moment only when it comes.
    `stopped_because` says in a code why the plan could not be kept.
    """

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    scope_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=10, choices=ArticleKind, default=ArticleKind.ARTICLE)
    incident_id = models.UUIDField(null=True, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=ArticleState, default=ArticleState.IDEA)
    title = models.CharField(max_length=200)
    main_language = models.CharField(max_length=5, default="nb")
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="articles")
    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="articles")
    groups = models.ManyToManyField(TargetGroup, blank=True, related_name="articles")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    responsible = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    newest_number = models.PositiveIntegerField(default=0)
    planned_on = models.DateField(null=True, blank=True)
    planned_clock = models.TimeField(null=True, blank=True)
    stopped_because = models.CharField(max_length=40, blank=True)
    published_number = models.PositiveIntegerField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="article_state_is_known", condition=Q(state__in=ArticleState.values)),
            models.CheckConstraint(
                name="article_published_with_version_and_time",
                condition=Q(published_number=None, published_at=None)
                | Q(published_number__isnull=False, published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="article_out_has_been_published",
                condition=~Q(state__in=("PUBLISHED", "WITHDRAWN")) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="article_withdrawn_with_time",
                condition=Q(state="WITHDRAWN", withdrawn_at__isnull=False)
                | (~Q(state="WITHDRAWN") & Q(withdrawn_at=None)),
            ),
            models.CheckConstraint(
                name="article_in_the_plan_has_a_time",
                condition=~Q(state="PLANNED") | Q(planned_on__isnull=False, planned_clock__isnull=False),
            ),
            models.CheckConstraint(
                name="statement_has_an_incident_and_a_number",
                condition=Q(kind="ARTICLE", incident_id=None, number=None)
                | Q(kind="STATEMENT", incident_id__isnull=False, number__isnull=False),
            ),
            models.UniqueConstraint(name="one_statement_per_number", fields=["incident_id", "number"]),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["planned_on"], name="article_in_the_plan", condition=Q(state="PLANNED")),
            models.Index(fields=["-published_at"], name="article_out", condition=Q(state="PUBLISHED")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def has_changes(self) -> bool:
        """Whether what is published is older than what has been written since."""
        return self.published_number is not None and self.published_number < self.newest_number

    def move_to(self, state: ArticleState) -> None:
        """Take the next state; raises InvalidTransition when there is no way there from this one."""
        now = ArticleState(self.state)
        if state not in NEXT_STATES[now]:
            raise InvalidTransition(
                gettext("What is “%(now)s” cannot become “%(next)s”.") % {"now": now.label, "next": state.label}
            )
        self.state = state


class ArticleSlug(models.Model):
    """The end of an article's address in one language; it stays when the title changes."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="slugs")
    language = models.CharField(max_length=5)
    slug = models.SlugField(max_length=80)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="one_slug_per_language", fields=["article", "language"]),
            models.UniqueConstraint(name="one_article_per_slug", fields=["language", "slug"]),
        ]

    def __str__(self) -> str:
        return self.slug


class ArticleComment(models.Model):
    """What somebody says to colleagues about an article (kommentar); never public."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.public_id)


class Assignment(models.Model):
    """Something that somebody is to do for an article (oppgave)."""

    public_id = models.UUIDField(default=ids.new, unique=True, editable=False)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    task = models.CharField(max_length=200)
    due_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.public_id)
