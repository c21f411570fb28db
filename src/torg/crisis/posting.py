"""From an approved statement to an article and a post on each channel; of an exercise, to the sandbox."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from torg.channels.models import Connection
from torg.core.errors import Invalid
from torg.crisis import passing, queries, sandbox, wording
from torg.crisis.models import SandboxPost, Statement, StatementVersion
from torg.crisis.types import LetPast
from torg.outbox import commands as outbox
from torg.people.models import Person
from torg.publishing import commands as publishing
from torg.publishing.models import Article, ChannelPost
from torg.publishing.types import Approval, StatementMark


def post(
    row: Statement,
    version: StatementVersion,
    targets: Collection[UUID] | None,
    *,
    past: LetPast | None,
    by: Person,
    at: datetime,
) -> tuple[UUID | None, int]:
    """Publish a statement that has its number; returns its article and how many channels it goes to."""
    connections = [
        one for one in queries.targets_of(by, row.incident, at=at) if targets is None or one.public_id in targets
    ]
    if targets is not None and len(connections) < len(set(targets)):
        raise Invalid(_("One of these channels must be connected again, or is not yours to publish on."))
    said = wording.content(row, version, connections)
    codes = passing.let_past(row.incident, _name(row), said, past, by=by, at=at)
    if row.incident.is_exercise:
        return None, _into_sandbox(row, connections, at=at)
    mark = StatementMark(row.incident.public_id, row.number or 0)
    article = publishing.add_idea(scope_id=row.scope_id, title=said.main.title, statement=mark, by=by, at=at)
    kept = {"article_id": article.public_id, "incident_id": row.incident.public_id}
    publishing.save_version(**kept, content=said, seen_number=0, by=by, at=at)
    _override(kept, 1, codes, past, by=by, at=at)
    publishing.publish_now(
        article_id=article.public_id, version=1, targets=None, approval=_approval(row, by), by=by, at=at
    )
    acts = ChannelPost.objects.filter(article=article).values_list("act_id", flat=True)
    outbox.put_first(act_ids=[act for act in acts if act is not None], by=by, at=at)
    return article.public_id, len(acts)


def correct(row: Statement, version: StatementVersion, *, past: LetPast | None, by: Person, at: datetime) -> None:
    """Publish the corrected version where the first one went."""
    article = Article.objects.filter(public_id=row.article_id).first() if row.article_id else None
    seen = article.newest_number if article is not None else 0
    said = wording.content(row, version, queries.channels_of(row), number=seen + 1)
    codes = passing.let_past(row.incident, _name(row), said, past, by=by, at=at)
    if row.article_id is None:
        return
    kept = {"article_id": row.article_id, "incident_id": row.incident.public_id}
    written = publishing.save_version(**kept, content=said, seen_number=seen, by=by, at=at)
    _override(kept, written.number, codes, past, by=by, at=at)
    publishing.publish_correction(
        article_id=row.article_id,
        number=written.number,
        told=version.told,
        approval=_approval(row, by),
        by=by,
        at=at,
    )


def withdraw(row: Statement, *, reason: str, deletes_posts: bool, by: Person, at: datetime) -> None:
    """Take the article off our own site, and where chosen its posts off the channels."""
    if row.article_id is not None:
        publishing.withdraw_article(
            article_id=row.article_id,
            reason=reason,
            deletes_posts=deletes_posts,
            incident_id=row.incident.public_id,
            by=by,
            at=at,
        )


def _override(
    kept: Mapping[str, UUID], number: int, codes: Sequence[str], past: LetPast | None, *, by: Person, at: datetime
) -> None:
    if past is not None and codes:
        publishing.override_gate(**kept, number=number, codes=codes, reason=past.reason, by=by, at=at)


def _name(row: Statement) -> str:
    return _("statement %(number)d") % {"number": row.number or 0}


def _approval(row: Statement, by: Person) -> Approval:
    return Approval(approved_by=by.public_id, allowed_by="crisis", incident_id=row.incident.public_id)


def _into_sandbox(row: Statement, connections: Sequence[Connection], *, at: datetime) -> int:
    posts = SandboxPost.objects.bulk_create(SandboxPost(statement=row, connection=one) for one in connections)
    sandbox.plan(row.incident, [(sandbox.POST, post.public_id, post.connection.name) for post in posts], at=at)
    return len(posts)
