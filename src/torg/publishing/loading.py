"""Rows for commands: locked, and absent for those who may not see them."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from torg.channels.models import Connection
from torg.core.actors import Actor
from torg.core.errors import InvalidTransition, NotFound
from torg.people.types import Permission
from torg.publishing.models import Article, ArticleKind, ArticleVersion, ChannelPost, Series
from torg.publishing.queries.versions import version_of

Row = TypeVar("Row", bound=Model)


def article_for_change(article_id: UUID, *, by: Actor, at: datetime, incident_id: UUID | None = None) -> Article:
    """The article, locked; raises NotFound when `by` does not see it, InvalidTransition for one that carries a
    statement of another incident than `incident_id`, which the crisis room names when it changes its own."""
    article = article_to_talk_of(article_id, by=by, at=at)
    if article.incident_id != incident_id:
        check_carries_no_statement(article)
    return article


def article_to_talk_of(article_id: UUID, *, by: Actor, at: datetime) -> Article:
    """The article, locked, for what changes nothing that people read; raises NotFound."""
    rows = Article.objects.visible_to(by, at=at, permission=Permission.PUBLISH)
    article: Article = found(rows.select_for_update(of=("self",)), article_id)
    return article


def check_carries_no_statement(article: Article) -> None:
    """Raises InvalidTransition for an article that carries a statement: the status page must say the same as it."""
    if article.kind == ArticleKind.STATEMENT:
        raise InvalidTransition(
            _("This is statement %(number)d in an incident. Correct or withdraw it on the page of the statement.")
            % {"number": article.number or 0}
        )


def post_for_change(post_id: UUID, *, by: Actor, at: datetime) -> ChannelPost:
    """The post, locked; raises NotFound when `by` does not see its channel."""
    rows = ChannelPost.objects.visible_to(by, at=at, permission=Permission.PUBLISH)
    post: ChannelPost = found(rows.select_related("connection", "article").select_for_update(of=("self",)), post_id)
    return post


def series_for_change(series_id: UUID, *, by: Actor, at: datetime) -> Series:
    """The series, locked; raises NotFound when `by` does not see it."""
    rows = Series.objects.visible_to(by, at=at, permission=Permission.PUBLISH)
    series: Series = found(rows.select_for_update(), series_id)
    return series


def newest_version(article: Article) -> ArticleVersion:
    """The newest version with all that belongs to it; raises NotFound while nothing is written."""
    version = version_of(article)
    if version is None:
        raise NotFound(_("Nothing is written yet. Write the article first."))
    return version


def connection_to_publish_on(connection_id: UUID, *, by: Actor, at: datetime) -> Connection:
    """A channel on which `by` may publish; raises NotFound otherwise."""
    rows = Connection.objects.visible_to(by, at=at, permission=Permission.PUBLISH)
    connection: Connection = found(rows, connection_id)
    return connection


def found(rows: QuerySet[Any], public_id: UUID) -> Any:
    """The one with this id among the rows; raises NotFound."""
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise NotFound(_("This does not exist, or you do not have access to it."))
    return row


def chosen(model: type[Row], public_id: UUID | None) -> Row | None:
    """The row that somebody chose; None when they chose none, or it is gone."""
    return model._default_manager.filter(public_id=public_id).first() if public_id else None
