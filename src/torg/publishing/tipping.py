"""What can be tipped to the main page, told from wherever it stands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.dialogue.models import Post, Thread
from torg.people.models import Person, Unit
from torg.publishing import checking, loading
from torg.publishing.models import Article, ArticleState
from torg.publishing.queries.versions import content_of, version_of


@dataclass(frozen=True, slots=True)
class Source:
    """What a tip is about. `text` is our own or what stands in public on our page; threads give none."""

    scope_id: UUID
    title: str
    text: str = field(default="", repr=False)
    address: str = ""


def source(kind: str, public_id: UUID, *, by: Person, at: datetime) -> Source:
    """What is tipped of; raises NotFound when `by` does not see it, or no such thing can be tipped."""
    find = SOURCES.get(kind)
    if find is None:
        raise NotFound(_("This does not exist, or you do not have access to it."))
    return find(public_id, by, at)


def unit_or_absent(public_id: UUID) -> Unit:
    """A unit; raises NotFound."""
    unit: Unit = loading.found(Unit.objects.all(), public_id)
    return unit


def _article(public_id: UUID, by: Person, at: datetime) -> Source:
    row: Article = loading.found(Article.objects.visible_to(by, at=at), public_id)
    version = version_of(row)
    if version is None:
        return Source(row.scope_id, row.title)
    words = content_of(version).main
    address = checking.link_to(row) if row.state == ArticleState.PUBLISHED else ""
    return Source(row.scope_id, row.title, f"{words.lead}\n\n{words.body}".strip(), address)


def _post(public_id: UUID, by: Person, at: datetime) -> Source:
    row: Post = loading.found(Post.objects.visible_to(by, at=at), public_id)
    return Source(row.scope_id, row.title or _first_line(row.text), row.text, row.permalink)


def _thread(public_id: UUID, by: Person, at: datetime) -> Source:
    """Of what citizens write, the tip carries no words: whoever takes it on reads them where they stand."""
    row: Thread = loading.found(Thread.objects.visible_to(by, at=at).select_related("post"), public_id)
    if row.post is None:
        return Source(row.scope_id, _("A private message that the main page should know of"))
    return Source(row.scope_id, row.post.title or _first_line(row.post.text), row.post.text, row.post.permalink)


def _first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0][:200] or _("A post without text")


SOURCES: dict[str, Callable[[UUID, Person, datetime], Source]] = {
    "publishing.article": _article,
    "dialogue.post": _post,
    "dialogue.thread": _thread,
}
