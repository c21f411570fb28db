"""How an article goes out: on the site, then to each channel as an act in the outbox, all in one transaction."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from torg.channels.models import Connection
from torg.channels.queries import HANDLER, capabilities_of
from torg.connectors.contract import ActKind
from torg.core.actors import Actor
from torg.core.errors import Invalid
from torg.outbox import commands as outbox
from torg.outbox.types import JSON, Planned
from torg.people.models import Person
from torg.publishing import writing
from torg.publishing.channel_shapes import shape_for
from torg.publishing.limits.counting import LINK_APART, WITHOUT_LINKS, text_with_link
from torg.publishing.models import (
    Article,
    ArticleState,
    ArticleVersion,
    ChannelPost,
    ChannelText,
    PostState,
    PostWithdrawal,
)
from torg.publishing.website import website

SUBJECT = "publishing.post"
FILM_HANDLER = "publishing.film"


def send_out(
    article: Article,
    version: ArticleVersion,
    *,
    by: Actor,
    at: datetime,
    targets: Collection[UUID] | None = None,
) -> list[ChannelPost]:
    """Publish a version of a locked article. Website first: no channel gets what our own site does not show.

    Args:
        article: locked, and checked by the caller.
        version: what was approved.
        by: who publishes.
        at: now.
        targets: connections to publish on; None for all that the version has a text for.
    """
    texts = [row for row in version.channel_texts.all() if targets is None or row.connection.public_id in targets]
    if targets is not None and len(texts) < len(set(targets)):
        raise Invalid(_("The article has no text for one of these channels."), field="channels")
    writing.make_slugs(article, version)
    article.move_to(ArticleState.PUBLISHED)
    article.published_number, article.published_at, article.stopped_because = version.number, at, ""
    article.save(update_fields=["state", "published_number", "published_at", "stopped_because"])
    addresses = website().show(article_id=article.public_id, by=by, at=at)
    return plan_posts(article, version, texts, addresses, at=at)


def plan_posts(
    article: Article,
    version: ArticleVersion,
    texts: Collection[ChannelText],
    addresses: Mapping[str, str],
    *,
    at: datetime,
) -> list[ChannelPost]:
    """A post for each text, and its act in the outbox: written in two statements, however many channels there are."""
    posts = ChannelPost.objects.bulk_create(
        ChannelPost(
            scope_id=text.connection.scope_id,
            article=article,
            connection=text.connection,
            number=version.number,
            language=text.language,
            film_id=text.film_id,
            planned_at=at,
        )
        for text in texts
    )
    acts = outbox.plan_many(
        [
            act_for(post, ActKind.PUBLISH, message(version, text, addresses))
            for post, text in zip(posts, texts, strict=True)
        ],
        at=at,
    )
    for post, act in zip(posts, acts, strict=True):
        post.act_id = act.public_id
    ChannelPost.objects.bulk_update(posts, ["act_id"])
    return posts


def message(version: ArticleVersion, text: ChannelText, addresses: Mapping[str, str]) -> Mapping[str, JSON]:
    """What the channel is to say: the approved text, the link back, each picture with its text alternative."""
    said, link = _words(version, text, addresses, stands=text)
    return {"text": said, "link": link, "pictures": _pictures(version, text), "film": film_said(version, text)}


def change(
    version: ArticleVersion, text: ChannelText, addresses: Mapping[str, str], *, stands: ChannelText
) -> Mapping[str, JSON]:
    """What a platform lets us change of a post that stands: its words, and what belongs to the film that it shows.

    `stands` is what the post was made from: its pictures and its film stay, whatever the article has now. Captions are
    told of that film alone; those of another would lie over it.
    """
    said, _link = _words(version, text, addresses, stands=stands)
    return {"text": said, "film": film_said(version, text) if text.film_id == stands.film_id else None}


def carry(
    posts: Collection[ChannelPost],
    version: ArticleVersion,
    before: ArticleVersion | None,
    addresses: Mapping[str, str],
    *,
    at: datetime,
) -> int:
    """Change the posts that stand to what `version` says, where that is other than what they were made from or changed
    to last (`before`), on platforms that let us; returns how many.
    """
    texts = {text.connection_id: text for text in version.channel_texts.all()}
    was = {text.connection_id: text for text in before.channel_texts.all()} if before else {}
    stands, changed = made_from(version.article), 0
    for post in posts:
        text, old = texts.get(post.connection_id), was.get(post.connection_id)
        if text is None or post.state != PostState.PUBLISHED or not can_edit(post.connection):
            continue
        stood = stands[post.connection_id]
        said = change(version, text, addresses, stands=stood)
        if before and old and said == change(before, old, addresses, stands=stood):
            continue
        post.act_id = outbox.plan(act_for(post, ActKind.EDIT, said), at=at).public_id
        post.save(update_fields=["act_id"])
        changed += 1
    return changed


def made_from(article: Article) -> Mapping[int, ChannelText]:
    """The text that each of the article's posts was made from, by the post's channel."""
    numbers = dict(article.posts.values_list("connection_id", "number"))
    rows = ChannelText.objects.filter(version__article=article).select_related("version", "connection")
    return {row.connection_id: row for row in rows if numbers.get(row.connection_id) == row.version.number}


def _words(
    version: ArticleVersion, text: ChannelText, addresses: Mapping[str, str], *, stands: ChannelText
) -> tuple[str, str | None]:
    """The text, and the link where it goes beside the text."""
    platform = text.connection.platform
    link = (addresses.get(text.language) or addresses.get(version.main_language, "")) if text.has_link else ""
    # A post with pictures or a film shows no preview of a link: there the address stands in the text.
    if platform in LINK_APART and not stands.picture_ids and stands.film_id is None:
        return text.text, link or None
    return text_with_link("", text.text, link if platform not in WITHOUT_LINKS else ""), None


def film_said(version: ArticleVersion, text: ChannelText) -> Mapping[str, JSON] | None:
    """The film as it was approved: its title, and which captions and poster belong to it."""
    film = next((row for row in version.films.all() if text.film_id and row.medium_id == text.film_id), None)
    if film is None:
        return None
    pins = film.pins
    return {
        "medium": str(film.medium_id),
        "title": film.title,
        "language": text.language,
        "captions": dict(pins.captions),
        "poster": pins.poster_sha256,
        "poster_alt": pins.poster_alt or film.title,
    }


def _pictures(version: ArticleVersion, text: ChannelText) -> list[dict[str, JSON]]:
    known = {row.medium_id: row for row in version.pictures.all()}
    shape = shape_for(text.connection.platform)
    return [
        {
            "medium": str(picture_id),
            "shape": shape,
            "alt_text": known[picture_id].alts.get(text.language) or known[picture_id].alts[version.main_language],
        }
        for picture_id in text.picture_ids
    ]


def act_for(post: ChannelPost, kind: ActKind, said: Mapping[str, JSON]) -> Planned:
    """The act in the outbox; the acts of one post stand in line after each other."""
    connection = post.connection
    told = {"kind": kind.value, "account_id": connection.external_id, "target_id": post.external_id or None, **said}
    return Planned(
        handler=FILM_HANDLER if post.film_id else HANDLER,
        kind=kind.value,
        scope_id=post.scope_id,
        serial_key=f"{connection.public_id}:publishing:{post.article_id}",
        subject_kind=SUBJECT,
        subject_id=post.public_id,
        payload={"connection": str(connection.public_id), "act": told},
        place=connection.name or connection.platform,
    )


def delete_on_channel(post: ChannelPost, *, reason: str, by: Person, at: datetime) -> None:
    """Write the ground down, and plan the deletion; the database asks for the one before it lets the other leave."""
    PostWithdrawal.objects.create(
        post=post, external_id=post.external_id, reason=reason.strip(), decided_by=by, decided_at=at
    )
    post.move_to(PostState.DELETING)
    act = outbox.plan(act_for(post, ActKind.DELETE, {}), at=at)
    post.act_id = act.public_id
    post.save(update_fields=["state", "act_id"])


def can_edit(connection: Connection) -> bool:
    """Whether the platform lets us change what we have published there."""
    return capabilities_of(connection).can_edit_own
