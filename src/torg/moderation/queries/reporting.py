"""Where a link that somebody sent us leads, and the reports that wait to be placed."""

import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from torg.channels import links
from torg.channels.models import Connection
from torg.core.errors import NotFound
from torg.dialogue.models import Item, ItemKind, Post
from torg.dialogue.models.item import own_number
from torg.moderation.models import CitizenReport, Muting
from torg.moderation.models.reporting import TipState
from torg.people.models import Person

PUBLIC_KINDS = (ItemKind.COMMENT, ItemKind.REPLY, ItemKind.MENTION)
NEARBY = 20
CODE = re.compile(r"\bpfbid[0-9A-Za-z]{10,200}")
NUMBER = re.compile(r"\b[0-9]{6,40}\b")


def item_of_link(link: str) -> Item | None:
    """The one item that a link leads to, among what was written in public; None when there is none, or several.

    Each way is one look-up in an index: the address itself, Facebook's id of post and comment, the comment's number.
    """
    for rows in _ways(link.strip()):
        found = list(rows.filter(is_placeholder=False, kind__in=PUBLIC_KINDS).order_by()[:2])
        if len(found) == 1:
            return found[0]
    return None


def _ways(link: str) -> Iterator[QuerySet[Item]]:
    """Queries that each ask one index, the surest first."""
    if not link or "\x00" in link:
        return
    yield Item.objects.exclude(permalink="").filter(permalink__in=_spellings(link))
    comment = links.facebook_comment(link)
    comments = Item.objects.filter(kind__in=["COMMENT", "REPLY"])
    if "_" in comment:
        known = Connection.objects.filter(platform="facebook").values("pk")
        yield comments.filter(connection__in=known, external_id=comment)
    if comment:
        numbered = comments.alias(own_number=own_number())
        yield numbered.filter(own_number=comment.rpartition("_")[2], connection__platform="facebook")


def item_named(person: Person, named: UUID, *, at: datetime) -> Item | None:
    """An item by its own id, or the one that a conversation begins with: the conversation's id is what one copies."""
    rows = Item.objects.visible_to(person, at=at).filter(is_placeholder=False)
    begun = rows.filter(thread__public_id=named, is_own=False).order_by("posted_at", "id")
    found: Item | None = rows.filter(public_id=named).first() or begun.first()
    return found


def comments_nearby(person: Person, link: str, *, at: datetime) -> list[Item]:
    """Where a link leads to a post and not to one comment: what people wrote beneath it, the newest first.

    Facebook's newer addresses name a post by a code (`pfbid…`) that its interface does not look up: it is found where
    the platform has told us the same address. For a colleague who places a report; what they may not see is left out.
    """
    post = _post_of_link(link.strip())
    if post is None:
        return []
    beneath = Item.objects.visible_to(person, at=at).filter(post=post, is_own=False, is_placeholder=False)
    return list(beneath.filter(kind__in=PUBLIC_KINDS).select_related("author").order_by("-posted_at", "-id")[:NEARBY])


def _post_of_link(link: str) -> Post | None:
    """The one post that an address names, by the address itself, by its code or by its number."""
    if not link or "\x00" in link:
        return None
    named = Q(permalink__in=_spellings(link))
    for code in CODE.findall(link)[:1]:
        named |= Q(permalink__contains=code)
    for number in NUMBER.findall(link.partition("comment_id")[0])[-1:]:
        named |= Q(external_id=number) | Q(external_id__endswith=f"_{number}")
    found = list(Post.objects.exclude(permalink="", external_id="").filter(named).order_by()[:2])
    return found[0] if len(found) == 1 else None


def _spellings(link: str) -> list[str]:
    """The address as it was copied, without its fragment, and with and without the last slash."""
    bare = link.partition("#")[0]
    try:
        plain = urlsplit(bare)._replace(query="").geturl()
    except ValueError:
        return [link]
    found = {link, bare, bare.rstrip("/"), f"{bare.rstrip('/')}/"}
    # Without its query only where no query says which comment it is.
    return sorted(found if "comment_id" in bare else found | {plain, plain.rstrip("/")})


def tips_waiting() -> QuerySet[CitizenReport]:
    """Reports that nobody has placed yet, the oldest first."""
    return CitizenReport.objects.filter(state=TipState.WAITING).order_by("received_at", "id")


def tips_handled() -> QuerySet[CitizenReport]:
    """Those that are placed or let go, the newest first."""
    rows = CitizenReport.objects.exclude(state=TipState.WAITING).select_related("report__case", "handled_by")
    return rows.order_by("-received_at", "-id")


def tip_or_absent(tip_id: UUID) -> CitizenReport:
    """One report of a citizen; raises NotFound."""
    found = CitizenReport.objects.filter(public_id=tip_id).select_related("report__case", "handled_by").first()
    if found is None:
        raise NotFound(_("There is no such report here."))
    return found


def tip_by_number(number: str) -> CitizenReport:
    """The report that a receipt names; raises NotFound."""
    found = CitizenReport.objects.filter(number=number[:12]).first() if "\x00" not in number else None
    if found is None:
        raise NotFound(_("There is no report with this number."))
    return found


def mutings_in_force(at: datetime) -> QuerySet[Muting]:
    """Those we take no reports from now, the next to end first."""
    return Muting.objects.filter(until_at__gt=at).select_related("muted_by").order_by("until_at")
