"""Posts, known from what is written below them or from their own events, and those who wrote."""

from torg.channels.types import Arrived
from torg.dialogue.absorbing import meaning, others, states
from torg.dialogue.absorbing.meaning import clean, happened_at
from torg.dialogue.absorbing.sheet import Sheet, new_row
from torg.dialogue.models import Author, Post


def take(sheet: Sheet, arrived: Arrived) -> None:
    """Take an event about a post."""
    event = arrived.event
    post = _post(sheet, arrived, clean(event.external_id or event.post_id))
    told = meaning.state_told(arrived, acted_by_us=(arrived.connection_id, post.external_id) in sheet.acted_on)
    if told is not None:
        states.note(sheet, post, told, arrived)
    if event.verb in meaning.TEXT_VERBS:
        _fill_post(sheet, post, arrived)
    elif told is None:
        others.take_unknown(sheet, arrived)
    sheet.touch(post)


def post_of(sheet: Sheet, arrived: Arrived) -> Post | None:
    """The post that an event stands below, known or now made room for; None where it names none."""
    if not arrived.event.post_id:
        return None
    return _post(sheet, arrived, clean(arrived.event.post_id))


def _post(sheet: Sheet, arrived: Arrived, external_id: str) -> Post:
    key = (arrived.connection_id, external_id)
    post = sheet.posts.get(key)
    if post is None:
        post = new_row(
            Post,
            scope_id=arrived.scope_id,
            connection_id=arrived.connection_id,
            external_id=external_id,
            is_placeholder=True,
            posted_at=happened_at(arrived),
            received_at=arrived.received_at,
        )
        sheet.add(post)
        sheet.posts[key] = post
    return post


def _fill_post(sheet: Sheet, post: Post, arrived: Arrived) -> None:
    event = arrived.event
    posted_at = happened_at(arrived)
    post.posted_at = posted_at if post.is_placeholder else min(post.posted_at, posted_at)
    post.is_placeholder = False
    post.is_own = post.is_own or event.own
    post.permalink = post.permalink or clean(event.permalink)
    if event.author_id and post.author_id is None:
        post.author_id = author_of(sheet, arrived).id
    known_at = arrived.received_at if arrived.is_polled else posted_at
    is_newer = post.text_at is None or known_at > post.text_at or (known_at == post.text_at and event.verb == "edit")
    if event.text is not None and is_newer:
        post.text, post.text_at = clean(event.text), known_at
    if not post.title:
        post.title = next((clean(told.title) for told in event.attachments if told.title), "")


def author_of(sheet: Sheet, arrived: Arrived) -> Author:
    """Whoever the event says wrote, known from before or new."""
    event = arrived.event
    key = (arrived.connection_id, clean(event.author_id))
    author = sheet.authors.get(key)
    name = clean(event.author_name) or None
    if author is None:
        author = new_row(Author, connection_id=key[0], external_id=key[1], name=name, first_seen_at=arrived.received_at)
        sheet.add(author)
        sheet.authors[key] = author
    elif name and author.name is None:
        author.name = name
        sheet.touch(author)
    return author
