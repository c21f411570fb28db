"""Ideas, versions, and what is said and done about an article before it goes out."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from torg.audit import commands as audit
from torg.core.actors import Actor
from torg.core.errors import Invalid, NotFound, Stale
from torg.people.acting import person_or_none
from torg.people.models import Person, Unit
from torg.publishing import events, loading, policies, writing
from torg.publishing.models import (
    Article,
    ArticleComment,
    ArticleKind,
    ArticleState,
    ArticleVersion,
    Assignment,
    Goal,
    TargetGroup,
    Topic,
)
from torg.publishing.queries.versions import content_of, version_of
from torg.publishing.types import Content, Planning, StatementMark


@transaction.atomic
def add_idea(
    *,
    scope_id: UUID,
    title: str,
    language: str = "nb",
    planning: Planning | None = None,
    statement: StatementMark | None = None,
    by: Actor,
    at: datetime,
) -> Article:
    """Write an idea down (idé): the beginning of every article.

    Args:
        scope_id: the page whose people write it.
        title: what it is about; becomes the title to begin with.
        language: its main language.
        planning: what it is for.
        statement: for a numbered statement in an incident.
        by: who.
        at: now.

    Raises NotAllowed without the right to publish there, Invalid without a title.
    """
    policies.check_can_write(by, scope_id, at=at)
    if not title.strip():
        raise Invalid(_("Write what it is about."), field="title")
    article = Article(
        scope_id=scope_id,
        title=title.strip()[: writing.LONGEST_TITLE],
        main_language=language,
        made_by=person_or_none(by),
        responsible=person_or_none(by),
        made_at=at,
    )
    if statement is not None:
        article.kind, article.incident_id, article.number = (
            ArticleKind.STATEMENT,
            statement.incident_id,
            statement.number,
        )
    article.save()
    if planning is not None:
        _arrange(article, planning)
    audit.record(events.IDEA_ADDED, actor=by, scope=scope_id, target=article, at=at, facts={"kind": article.kind})
    return article


@transaction.atomic
def save_version(
    *,
    article_id: UUID,
    content: Content,
    seen_number: int,
    incident_id: UUID | None = None,
    by: Actor,
    at: datetime,
) -> ArticleVersion:
    """Write all that people will read of an article; the same again makes no new version.

    What was approved or planned before it is changed needs approval again, and leaves the plan.

    Args:
        article_id: which.
        content: the whole, every language, picture and post.
        seen_number: the version that the writer began from, 0 for none.
        incident_id: the incident whose statement it carries, from the crisis room; nobody else changes those.
        by: who writes.
        at: now.

    Raises NotFound, Stale when somebody has written meanwhile, Invalid without a title, InvalidTransition for a
    statement.
    """
    article = loading.article_for_change(article_id, by=by, at=at, incident_id=incident_id)
    policies.check_can_write(by, article.scope_id, at=at)
    if article.state == ArticleState.WITHDRAWN:
        policies.check_is_unpublished(article)
    if article.newest_number != seen_number:
        raise Stale(_("Somebody else has changed this article since you opened it. Load the page again to see how."))
    standing = version_of(article)
    before = content_of(standing) if standing else None
    resolved = writing.resolve(article, content, before=before, by=by, at=at)
    if standing is not None and resolved == before:
        audit.record(events.VERSION_LOOKED_AT, actor=by, scope=article.scope_id, target=article, at=at)
        return standing
    version = writing.write(article, resolved, by=by, at=at)
    article.newest_number, article.main_language = version.number, content.main_language
    article.title = resolved.main.title
    if article.state not in {ArticleState.DRAFT, ArticleState.PUBLISHED}:
        article.move_to(ArticleState.DRAFT)
    article.save(update_fields=["newest_number", "main_language", "title", "state"])
    facts = {"number": version.number, "languages": len(content.texts), "channels": len(content.channels)}
    audit.record(events.VERSION_SAVED, actor=by, scope=article.scope_id, target=article, at=at, facts=facts)
    return version


@transaction.atomic
def arrange(*, article_id: UUID, planning: Planning, by: Actor, at: datetime) -> Article:
    """Decide what an article is for: topic, goal, target groups, unit, who is responsible. It needs no new approval,
    unless another topic has another rule; that is asked when it goes out.

    Raises NotFound, NotAllowed.
    """
    article = loading.article_to_talk_of(article_id, by=by, at=at)
    policies.check_can_write(by, article.scope_id, at=at)
    _arrange(article, planning)
    audit.record(events.ARRANGED, actor=by, scope=article.scope_id, target=article, at=at)
    return article


@transaction.atomic
def drop(*, article_id: UUID, by: Actor, at: datetime) -> Article:
    """Put an article away that nobody has published; it can be taken up again. Raises NotFound, InvalidTransition."""
    article = loading.article_for_change(article_id, by=by, at=at)
    policies.check_can_write(by, article.scope_id, at=at)
    article.move_to(ArticleState.DROPPED)
    article.save(update_fields=["state"])
    audit.record(events.DROPPED, actor=by, scope=article.scope_id, target=article, at=at)
    return article


@transaction.atomic
def take_up(*, article_id: UUID, by: Actor, at: datetime) -> Article:
    """Go on with an article that was put away. Raises NotFound, InvalidTransition."""
    article = loading.article_for_change(article_id, by=by, at=at)
    policies.check_can_write(by, article.scope_id, at=at)
    article.move_to(ArticleState.DRAFT)
    article.save(update_fields=["state"])
    audit.record(events.TAKEN_UP, actor=by, scope=article.scope_id, target=article, at=at)
    return article


@transaction.atomic
def comment(*, article_id: UUID, text: str, by: Person, at: datetime) -> ArticleComment:
    """Say something to colleagues about an article. Raises NotFound, Invalid without text."""
    article = loading.article_to_talk_of(article_id, by=by, at=at)
    if not text.strip():
        raise Invalid(_("Write what you want to say."), field="text")
    said = ArticleComment.objects.create(article=article, text=text.strip(), written_by=by, written_at=at)
    audit.record(events.COMMENTED, actor=by, scope=article.scope_id, target=article, at=at)
    return said


@transaction.atomic
def assign(
    *, article_id: UUID, person: Person, task: str, due_on: date | None = None, by: Person, at: datetime
) -> Assignment:
    """Give somebody a task for an article. Raises NotFound, NotAllowed, Invalid when that person could not do it."""
    article = loading.article_to_talk_of(article_id, by=by, at=at)
    policies.check_can_write(by, article.scope_id, at=at)
    if not task.strip():
        raise Invalid(_("Write what is to be done."), field="task")
    policies.check_can_be_assigned(person, article, at=at)
    given = Assignment.objects.create(
        article=article, person=person, task=task.strip()[:200], due_on=due_on, given_by=by, given_at=at
    )
    facts = {"person": str(person.public_id)}
    audit.record(events.ASSIGNED, actor=by, scope=article.scope_id, target=article, at=at, facts=facts)
    return given


@transaction.atomic
def finish_assignment(*, assignment_id: UUID, by: Person, at: datetime) -> Assignment:
    """Note that a task is done. Raises NotFound when it is not there or was done before."""
    given = Assignment.objects.select_related("article").filter(public_id=assignment_id, done_at=None).first()
    if given is None:
        raise NotFound(_("This does not exist, or you do not have access to it."))
    article = loading.article_to_talk_of(given.article.public_id, by=by, at=at)
    given.done_at = at
    given.save(update_fields=["done_at"])
    audit.record(events.ASSIGNMENT_DONE, actor=by, scope=article.scope_id, target=article, at=at)
    return given


def _arrange(article: Article, planning: Planning) -> None:
    article.topic = loading.chosen(Topic, planning.topic_id)
    article.goal = loading.chosen(Goal, planning.goal_id)
    article.unit = loading.chosen(Unit, planning.unit_id)
    article.responsible = loading.chosen(Person, planning.responsible_id) or article.responsible
    article.save(update_fields=["topic", "goal", "unit", "responsible"])
    article.groups.set(TargetGroup.objects.filter(public_id__in=planning.group_ids))
