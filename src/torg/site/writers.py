"""The secret link of whoever wrote a comment: it leads to what they wrote under one article, and to our answers."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from torg.core import chance, sealing
from torg.core.errors import NotFound
from torg.site import addresses
from torg.site.models import Comment

PATH = "/kommentar/min/%s/"


@dataclass(frozen=True, slots=True)
class Link:
    """The two columns of a new link: what it is found by, and what it is written out from in a letter."""

    digest: str
    sealed: bytes


def new_link() -> Link:
    """A link that nobody can guess."""
    secret = chance.secret()
    return Link(digest_of(secret), sealing.seal(secret))


def digest_of(secret: str) -> str:
    """What of a link is kept to find it by."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def secret_of(comment: Comment) -> str:
    """The secret of the branch that the comment stands in."""
    return sealing.unseal(root_of(comment).link_sealed)


def link_of(comment: Comment) -> str:
    """The whole address behind which the writer finds the comment."""
    return addresses.whole(PATH % secret_of(comment))


def root_of(comment: Comment) -> Comment:
    """The comment that the branch began with."""
    return comment.parent or comment


def comment_by(secret: str) -> Comment:
    """The comment that a link leads to; raises NotFound."""
    found: Comment | None = Comment.objects.filter(parent=None, link_digest=digest_of(secret)).first()
    if found is None:
        raise NotFound(_("There is no such comment."))
    return found


def written_by(secret: str, comment_id: UUID) -> Comment:
    """One of the comments that the holder of the link wrote, locked; raises NotFound."""
    root = comment_by(secret)
    rows = Comment.objects.select_for_update(of=("self",)).filter(is_own=False, public_id=comment_id)
    found: Comment | None = (rows.filter(pk=root.pk) | rows.filter(parent=root)).first()
    if found is None:
        raise NotFound(_("There is no such comment."))
    return found


def branch_of(root: Comment) -> list[Comment]:
    """The comment and everything below it, the oldest first."""
    return [root, *root.answers.order_by("written_at", "id")]
