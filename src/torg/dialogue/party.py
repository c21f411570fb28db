"""What people have written and what we have answered them, for an export of all that is held about somebody."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from uuid import UUID

from django.db.models import Count, Q

from torg.channels.models import Connection
from torg.dialogue.models import Author, Item, ItemVersion, Post, ThreadKind
from torg.records.party_types import Candidate, Holding, Wording

PREFIX = "author:"


def candidates(words: str, *, scopes: Collection[UUID], limit: int) -> Sequence[Candidate]:
    """Authors by name, or by the platform's id."""
    named = Author.objects.filter(connection__in=Connection.objects.filter(scope_id__in=scopes))
    found = named.filter(Q(name__icontains=words) | Q(external_id=words)).exclude(items__is_own=True)
    counted = found.annotate(number=Count("items")).select_related("connection__presence").order_by("name", "id")
    return [
        Candidate(f"{PREFIX}{one.public_id}", one.name or "", one.connection.presence.name, vars(one)["number"])
        for one in counted[:limit]
    ]


def held(keys: Collection[str], *, scopes: Collection[UUID]) -> Sequence[Holding]:
    """What these authors wrote, every wording of it, and what we answered; nothing that others wrote."""
    authors = Author.objects.filter(public_id__in=[key.removeprefix(PREFIX) for key in keys if key.startswith(PREFIX)])
    items = Item.objects.filter(author__in=authors, scope_id__in=scopes, is_placeholder=False)
    theirs = list(items.select_related("connection__presence").order_by("posted_at", "id"))
    posts = Post.objects.filter(author__in=authors, scope_id__in=scopes).select_related("connection__presence")
    return [*map(_post, posts.order_by("id")), *_told(theirs, "ITEM"), *_told(_answers(theirs), "ANSWER")]


def _answers(theirs: Sequence[Item]) -> list[Item]:
    """Ours that answer an item of theirs, and all of ours in private conversations of theirs."""
    answered: dict[int, set[str]] = defaultdict(set)
    for item in theirs:
        answered[item.connection_id].add(item.external_id)
    meant = Q(thread__kind=ThreadKind.PRIVATE, thread__in={item.thread_id for item in theirs})
    for connection, external_ids in answered.items():
        meant |= Q(connection=connection, parent_external_id__in=external_ids)
    if not theirs:
        return []
    ours = Item.objects.filter(meant, is_own=True, is_placeholder=False).select_related("connection__presence")
    return list(ours.order_by("posted_at", "id"))


def _told(items: Sequence[Item], kind: str) -> Iterator[Holding]:
    wordings = _wordings(item.id for item in items)
    for item in items:
        yield Holding(
            kind=kind,
            id=item.public_id,
            at=item.posted_at,
            place=item.connection.presence.name,
            wordings=tuple(wordings.get(item.id, ())),
            facts={"state": str(item.get_platform_state_display()), "link": item.permalink},
        )


def _wordings(ids: Iterable[int]) -> dict[int, list[Wording]]:
    found: dict[int, list[Wording]] = defaultdict(list)
    for row in ItemVersion.objects.filter(item_id__in=list(ids)).order_by("item_id", "number"):
        found[row.item_id].append(Wording(row.posted_at, row.text))
    return found


def _post(post: Post) -> Holding:
    return Holding(
        kind="POST",
        id=post.public_id,
        at=post.posted_at,
        place=post.connection.presence.name,
        wordings=(Wording(post.posted_at, post.text),),
        facts={"state": str(post.get_platform_state_display()), "link": post.permalink},
    )
