"""From an approved statement to an article and a post on each channel; of an exercise, to the sandbox."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from torg.channels.models import Connection
from torg.core.errors import Invalid
from torg.crisis import queries, sandbox
from torg.crisis.models import SandboxPost, Statement, StatementVersion
from torg.outbox import commands as outbox
from torg.people.models import Person
from torg.publishing import commands as publishing
from torg.publishing import limits
from torg.publishing.models import ChannelPost
from torg.publishing.types import Approval, ChannelWords, Content, StatementMark, Words

MAIN = "nb"
LOCAL = ZoneInfo("Europe/Oslo")
# No shorter than the links that we make; counted with each text, for the real one is known only afterwards.
LINK = "https://" + "x" * 120


def post(
    row: Statement, version: StatementVersion, targets: Collection[UUID] | None, *, by: Person, at: datetime
) -> tuple[UUID | None, int]:
    """Publish a statement that has its number; returns its article and how many channels it goes to."""
    connections = [one for one in queries.targets_of(by, at=at) if targets is None or one.public_id in targets]
    if targets is not None and len(connections) < len(set(targets)):
        raise Invalid(_("One of these channels must be connected again, or is not yours to publish on."))
    if row.incident.is_exercise:
        return None, _into_sandbox(row, connections, at=at)
    mark = StatementMark(row.incident.public_id, row.number or 0)
    said = content(row, version, connections)
    article = publishing.add_idea(scope_id=row.scope_id, title=said.main.title, statement=mark, by=by, at=at)
    publishing.save_version(article_id=article.public_id, content=said, seen_number=0, by=by, at=at)
    publishing.publish_now(
        article_id=article.public_id, version=1, targets=None, approval=_approval(row, by), by=by, at=at
    )
    acts = ChannelPost.objects.filter(article=article).values_list("act_id", flat=True)
    outbox.put_first(act_ids=[act for act in acts if act is not None], by=by, at=at)
    return article.public_id, len(acts)


def correct(row: Statement, version: StatementVersion, *, by: Person, at: datetime) -> None:
    """Publish the corrected version where the first one went."""
    if row.article_id is None:
        return
    posts = ChannelPost.objects.filter(article__public_id=row.article_id).select_related("connection", "article")
    seen = posts[0].article.newest_number if posts else 1
    said = content(row, version, [one.connection for one in posts])
    written = publishing.save_version(article_id=row.article_id, content=said, seen_number=seen, by=by, at=at)
    publishing.publish_correction(
        article_id=row.article_id,
        number=written.number,
        told=version.told,
        approval=_approval(row, by),
        by=by,
        at=at,
    )


def content(row: Statement, version: StatementVersion, connections: Sequence[Connection]) -> Content:
    """The article: the statement in each language, and a text for each channel."""
    texts = {code: Words(_headed(row, code, said["title"]), body=said["body"]) for code, said in version.texts.items()}
    main = version.texts[MAIN]
    whole = f"{_headed(row, MAIN, main['title'])}\n\n{main['body']}"
    return Content(
        main_language=MAIN,
        texts=texts,
        channels=[ChannelWords(one.public_id, fitted(one.platform, whole), MAIN) for one in connections],
    )


def fitted(platform: str, text: str) -> str:
    """The text as long as the platform takes it with a link, cut between words; the whole stands behind the link."""
    words = text.split(" ")
    low, high = 1, len(words)
    if not _is_over(platform, text):
        return text
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (low, middle - 1) if _is_over(platform, _cut(words, middle)) else (middle, high)
    return _cut(words, low)


def _cut(words: Sequence[str], count: int) -> str:
    return f"{' '.join(words[:count]).rstrip()} …"


def _is_over(platform: str, text: str) -> bool:
    return any(one.is_over for one in limits.count(platform, text, link=LINK))


def _headed(row: Statement, language: str, title: str) -> str:
    """“Kunngjøring 3, kl. 14.05: …”: the number and the time stand in what people read everywhere."""
    published = row.published_at or row.made_at
    with translation.override(language):
        head = _("Statement %(number)d, %(time)s") % {
            "number": row.number,
            "time": f"{published.astimezone(LOCAL):%H.%M}",
        }
    return f"{head}: {title}"


def _approval(row: Statement, by: Person) -> Approval:
    return Approval(approved_by=by.public_id, allowed_by="crisis", incident_id=row.incident.public_id)


def _into_sandbox(row: Statement, connections: Sequence[Connection], *, at: datetime) -> int:
    posts = SandboxPost.objects.bulk_create(SandboxPost(statement=row, connection=one) for one in connections)
    sandbox.plan(row.incident, [(sandbox.POST, post.public_id, post.connection.name) for post in posts], at=at)
    return len(posts)
