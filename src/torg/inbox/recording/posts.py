"""Posts as subjects of assessment: our own are archived once, a blog post together with its comments."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from torg.core.errors import NotFound
from torg.dialogue import capturing
from torg.dialogue.models import Item, ItemVersion, Post
from torg.dialogue.models.states import PlatformState
from torg.inbox.recording import hiding
from torg.inbox.recording.channels import is_one_document
from torg.records.codes import FactCode
from torg.records.models import Assessment
from torg.records.types import Changes, Snapshot, Subject, SubjectFacts

KIND = capturing.POST
ADDRESS = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
# With fewer words than this around it, a link is all there is to read.
FEW_WORDS = 12


def snapshot(subject_id: UUID, *, at: datetime) -> Snapshot:
    """The post, with what stands beneath it where that is one document; raises NotFound."""
    post = _posts().filter(public_id=subject_id).first()
    if post is None:
        raise NotFound(_("There is no such post."))
    whole = is_one_document(post.connection.platform)
    return capturing.snapshot_of_post(post, at=at) if whole else capturing.snapshot_of_post_alone(post, at=at)


def facts(subject_id: UUID, *, at: datetime) -> SubjectFacts | None:
    """What bears on the assessment; None for a post that is known by its id only."""
    post = _posts().filter(public_id=subject_id).first()
    if post is None:
        return None
    return SubjectFacts(
        subject=Subject(KIND, post.public_id),
        scope_id=post.scope_id,
        channel=post.connection.platform,
        mark=_mark(post),
        codes=frozenset(code.value for code in _codes(post)),
        title=post.title or post.text,
        state_mark=_state_mark(post),
    )


def changed(*, after: int, limit: int) -> Changes:
    """The next `limit` posts, in the order in which they came to us."""
    rows = list(Post.objects.filter(id__gt=after).order_by("id").values_list("id", "public_id")[:limit])
    return Changes([public_id for _id, public_id in rows], rows[-1][0] if rows else after)


def hidden(*, after: int, limit: int) -> Changes:
    """The posts that others than us hid or deleted, and those where they did so to something beneath."""
    rows = hiding.next_ones(after=after, limit=limit)
    ids = {post_id for _id, _item, post_id in rows if post_id}
    beneath = Item.objects.filter(id__in=[item_id for _id, item_id, _post in rows if item_id]).values("post_id")
    found = _posts().filter(Q(id__in=ids) | Q(id__in=beneath))
    return Changes(list(found.values_list("public_id", flat=True)), rows[-1][0] if rows else after)


def overlooked(*, limit: int) -> Sequence[UUID]:
    """Posts that no assessment tells of: known by their id only when they were gathered, and complete now."""
    known = Assessment.objects.filter(subject_kind=KIND, subject_id=OuterRef("public_id"))
    return list(_posts().filter(~Exists(known)).order_by("id").values_list("public_id", flat=True)[:limit])


def address(subject_id: UUID) -> str:
    """A post has no page of its own here, but its place on the platform."""
    return Post.objects.filter(public_id=subject_id).values_list("permalink", flat=True).first() or ""


def _posts() -> QuerySet[Post]:
    return Post.objects.filter(is_placeholder=False).select_related("connection__presence", "author")


def _mark(post: Post) -> int:
    """What was written beneath counts only where it belongs to the same document."""
    if not is_one_document(post.connection.platform):
        return post.id
    beneath = Item.objects.filter(post=post, is_placeholder=False)
    newest = ItemVersion.objects.filter(item_id__in=beneath.values("id")).aggregate(last=Max("id"))["last"]
    return newest or post.id


def _state_mark(post: Post) -> int:
    own = hiding.by_others().filter(post=post).aggregate(last=Max("id"))["last"] or 0
    if not is_one_document(post.connection.platform):
        return int(own)
    return max(int(own), hiding.newest_of(Item.objects.filter(post=post, is_placeholder=False)))


def _codes(post: Post) -> Iterator[FactCode]:
    if _state_mark(post):
        yield FactCode.GONE
    if post.is_own:
        yield FactCode.OWN_POST
    if ADDRESS.search(post.text) and len(ADDRESS.sub(" ", post.text).split()) < FEW_WORDS:
        yield FactCode.ONLY_LINKS
    if post.platform_state in (PlatformState.HIDDEN_BY_US, PlatformState.REMOVED_BY_US):
        yield FactCode.REMOVED
