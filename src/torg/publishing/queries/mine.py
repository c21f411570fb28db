"""What of the plan waits for one person: to approve, to mend, to publish, to do."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from torg.people.models import Person
from torg.people.types import Permission
from torg.publishing import approval
from torg.publishing.models import Article, ArticleComment, ArticleState, ArticleVersion, Assignment
from torg.publishing.queries.versions import version_of


def waiting_for_me(person: Person, *, at: datetime) -> QuerySet[Article]:
    """What waits for an approval that the person may give: nothing that they wrote, or have approved already."""
    rows = Article.objects.visible_to(person, at=at, permission=Permission.APPROVE_POSTS)
    had = Exists(_newest().filter(_had_by(person)))
    waiting: QuerySet[Article] = rows.filter(state=ArticleState.WAITING).exclude(had)
    return waiting.order_by("planned_on", "id")


def changed_by_others(person: Person, *, at: datetime) -> QuerySet[Article]:
    """What is out and was changed since, where the person may approve, and neither wrote nor approved the change."""
    rows = Article.objects.visible_to(person, at=at, permission=Permission.APPROVE_POSTS)
    changed: QuerySet[Article] = rows.filter(state=ArticleState.PUBLISHED, published_number__lt=F("newest_number"))
    return changed.exclude(Exists(_newest().filter(_had_by(person)))).order_by("published_at", "id")


def corrections_for_me(person: Person, *, at: datetime) -> list[Article]:
    """Those of them whose change still lacks an approval."""
    versions = ((row, version_of(row)) for row in changed_by_others(person, at=at))
    return [row for row, version in versions if version and not approval.standing_of(row, version, at=at).is_enough]


def _newest() -> QuerySet[ArticleVersion]:
    return ArticleVersion.objects.filter(article=OuterRef("pk"), number=OuterRef("newest_number"))


def _had_by(person: Person) -> Q:
    """Written, or approved already."""
    return Q(made_by=person) | Q(approvals__approved_by=person)


def tasks_of(person: Person) -> QuerySet[Assignment]:
    """What colleagues have asked the person to do for articles that are still worked on."""
    rows = Assignment.objects.filter(person=person, done_at=None).select_related("article")
    return rows.exclude(article__state__in=(ArticleState.DROPPED, ArticleState.WITHDRAWN)).order_by("due_on", "id")


def commented_for(person: Person) -> QuerySet[Article]:
    """Drafts whose newest version is the person's own, and that a colleague has sent back or commented since."""
    said = ArticleComment.objects.filter(article=OuterRef("article"), written_at__gt=OuterRef("made_at"))
    own = _newest().filter(made_by=person).filter(Exists(said.exclude(written_by=person)))
    return Article.objects.filter(Exists(own), state=ArticleState.DRAFT).order_by("planned_on", "id")


def ready_for(person: Person) -> QuerySet[Article]:
    """What the person wrote, is approved, and neither out nor in the plan."""
    rows = Article.objects.filter(Exists(_newest().filter(made_by=person)), state=ArticleState.APPROVED)
    return rows.order_by("id")
