"""Applying events to the sheet, one by one."""

import hashlib
from datetime import datetime

from torg.channels.types import Arrived
from torg.connectors.contract import Attachment as Told
from torg.connectors.contract import Kind
from torg.core import ids
from torg.dialogue.absorbing import meaning, others, posts, states
from torg.dialogue.absorbing.meaning import ITEM_KINDS, clean, happened_at
from torg.dialogue.absorbing.sheet import NewVersion, Sheet, new_row, thread_for
from torg.dialogue.models import (
    FINAL,
    AttachmentState,
    Item,
    ItemKind,
    Post,
    Thread,
    ThreadKind,
)
from torg.dialogue.types import What

THREAD_KINDS = {ItemKind.MESSAGE: ThreadKind.PRIVATE, ItemKind.MENTION: ThreadKind.MENTION}


def apply(sheet: Sheet, arrived: Arrived) -> None:
    """Take one event into the sheet. Whatever it is, it leaves something to see."""
    event = arrived.event
    if event.kind in ITEM_KINDS and event.verb in meaning.TEXT_VERBS:
        _take_text(sheet, arrived)
    elif event.kind in ITEM_KINDS and event.verb in meaning.STATE_VERBS:
        _take_item_state(sheet, arrived)
    elif event.kind is Kind.POST and (event.external_id or event.post_id):
        posts.take(sheet, arrived)
    elif event.kind is Kind.REACTION and (event.parent_id or event.post_id):
        others.take_reaction(sheet, arrived)
    elif event.kind is Kind.STATE_CHANGE and event.verb in meaning.WATERMARKS:
        others.take_watermark(sheet, arrived)
    else:
        others.take_unknown(sheet, arrived)


def _take_text(sheet: Sheet, arrived: Arrived) -> None:
    key = meaning.key_of(arrived, meaning.id_of(arrived))
    item = sheet.items.get(key) or _start_item(sheet, arrived, key)
    _fill(sheet, item, arrived)
    if arrived.event.text is not None or arrived.event.verb != "edit":
        _add_wording(sheet, item, arrived, clean(arrived.event.text))
    for told in arrived.event.attachments:
        _attach(sheet, item, told, arrived.received_at)
    if arrived.event.platform_state is not None:
        _observe_state(sheet, item, arrived)


def _start_item(sheet: Sheet, arrived: Arrived, key: meaning.Key) -> Item:
    """An item that nobody has told of before; a placeholder until `_fill` says what it is."""
    event = arrived.event
    posted_at = happened_at(arrived)
    post = posts.post_of(sheet, arrived)
    item: Item = new_row(
        Item,
        scope_id=arrived.scope_id,
        connection_id=arrived.connection_id,
        post_id=post.id if post else None,
        kind=ITEM_KINDS[event.kind],
        external_id=key.external_id,
        is_placeholder=True,
        posted_at=posted_at,
        received_at=arrived.received_at,
        delivery_id=arrived.delivery_id,
    )
    sheet.add(item)
    sheet.items[key] = item
    sheet.wordings[item.id] = []
    item.thread_id = _thread_of(sheet, item, arrived, post).id
    return item


def _thread_of(sheet: Sheet, item: Item, arrived: Arrived, post: Post | None) -> Thread:
    event = arrived.event
    kind = THREAD_KINDS.get(ItemKind(item.kind), ThreadKind.BRANCH)
    root = item.external_id
    if kind is ThreadKind.PRIVATE:
        root = clean(meaning.other_party(event)) or item.external_id
    elif event.kind is Kind.REPLY and event.parent_id:
        item.parent_external_id = clean(event.parent_id)
        return sheet.threads_by_id[_parent_of(sheet, item, arrived).thread_id]
    return thread_for(
        sheet,
        (item.connection_id, kind, root),
        scope_id=item.scope_id,
        post=post,
        started_at=item.posted_at,
    )


def _parent_of(sheet: Sheet, item: Item, arrived: Arrived) -> Item:
    """The comment that is answered; a placeholder when it has not reached us."""
    key = meaning.Key(item.connection_id, "comment", item.parent_external_id)
    known = sheet.items.get(key)
    if known is not None:
        return known
    parent: Item = new_row(
        Item,
        scope_id=item.scope_id,
        connection_id=item.connection_id,
        post_id=item.post_id,
        kind=ItemKind.COMMENT,
        external_id=key.external_id,
        is_placeholder=True,
        posted_at=item.posted_at,
        received_at=item.received_at,
        delivery_id=arrived.delivery_id,
    )
    thread_key = (item.connection_id, ThreadKind.BRANCH, key.external_id)
    post = posts.post_of(sheet, arrived)
    sheet.add(parent)
    sheet.items[key] = parent
    sheet.wordings[parent.id] = []
    parent.thread_id = thread_for(sheet, thread_key, scope_id=item.scope_id, post=post, started_at=item.posted_at).id
    return parent


def _fill(sheet: Sheet, item: Item, arrived: Arrived) -> None:
    """Complete an item with what this event tells and earlier ones did not."""
    event = arrived.event
    posted_at = happened_at(arrived)
    is_first = item.is_placeholder
    item.is_own = item.is_own or event.own
    if event.author_id and item.author_id is None:
        item.author_id = posts.author_of(sheet, arrived).id
    if item.post_id is None and event.post_id:
        post = posts.post_of(sheet, arrived)
        item.post_id = post.id if post else None
    item.posted_at = posted_at if is_first else min(item.posted_at, posted_at)
    item.permalink = item.permalink or clean(event.permalink)
    item.echo_app_id = item.echo_app_id or clean(event.echo_app_id)
    if event.kind is Kind.REPLY and event.parent_id and item.kind != ItemKind.REPLY:
        _become_reply(sheet, item, arrived)
    if is_first:
        item.is_placeholder, item.is_history = False, arrived.is_history
        item.received_at, item.delivery_id = arrived.received_at, arrived.delivery_id
    _count_in(sheet, item, posted_at, is_first=is_first)
    sheet.touch(item)


def _become_reply(sheet: Sheet, item: Item, arrived: Arrived) -> None:
    """What we took for a top comment is a reply: its branch belongs under its parent's root."""
    item.kind, item.parent_external_id = ItemKind.REPLY, clean(arrived.event.parent_id)
    old = sheet.threads_by_id[item.thread_id]
    new = sheet.threads_by_id[_parent_of(sheet, item, arrived).thread_id]
    if old.id == new.id:
        return
    for other in sheet.items.values():
        if other.thread_id == old.id:
            other.thread_id = new.id
            sheet.touch(other)
    sheet.merged = {source: new if target.id == old.id else target for source, target in sheet.merged.items()}
    sheet.merged[old.id] = new
    new.started_at, new.last_item_at = min(new.started_at, old.started_at), max(new.last_item_at, old.last_item_at)
    if old.last_inbound_at:
        new.last_inbound_at = max(new.last_inbound_at or old.last_inbound_at, old.last_inbound_at)
    new.item_count += old.item_count
    old.merged_into_id, old.item_count = new.id, 0
    if not sheet.is_new(old):
        _tell(sheet, item, What.MOVED, arrived)
    sheet.touch(old)
    sheet.touch(new)


def _count_in(sheet: Sheet, item: Item, at: datetime, *, is_first: bool) -> None:
    thread = sheet.threads_by_id[item.thread_id]
    thread.item_count += is_first
    is_begun = thread.item_count > 1 or not is_first
    thread.started_at = min(thread.started_at, at) if is_begun else at
    thread.last_item_at = max(thread.last_item_at, at) if is_begun else at
    if not item.is_own:
        thread.last_inbound_at = max(thread.last_inbound_at or at, at)
    begins = item.external_id == thread.root_external_id or (thread.kind == ThreadKind.PRIVATE and not item.is_own)
    if begins and thread.author_id is None:
        thread.author_id = item.author_id
    if thread.post_id is None:
        thread.post_id = item.post_id
    sheet.touch(thread)


def _add_wording(sheet: Sheet, item: Item, arrived: Arrived, text: str) -> None:
    known = sheet.wordings[item.id]
    wording = meaning.wording_of(arrived, text, known)
    newest = max(known, default=None)
    if any(_is_same(old, wording) for old in known):
        return
    if arrived.is_polled and newest is not None and newest.content_hash == wording.content_hash:
        return
    known.append(wording)
    sheet.versions.append(NewVersion(item, wording, text, arrived.received_at))
    item.version_count = meaning.count_versions(known)
    if newest is None or wording > newest:
        item.text, item.masked_text = text, sheet.masks.get(text)
    what = What.EDITED if newest else _what_is_new(sheet, item)
    _tell(sheet, item, what, arrived)


def _is_same(old: meaning.Wording, new: meaning.Wording) -> bool:
    """Whether a wording is told again. An item is first written once, whatever time each telling gives for it."""
    is_same_text = old.content_hash == new.content_hash and old.is_edit == new.is_edit
    return is_same_text and (old.at == new.at or not new.is_edit)


def _what_is_new(sheet: Sheet, item: Item) -> What:
    ours = sheet.connections[item.connection_id].app_id
    return What.ECHO if item.is_own and ours and item.echo_app_id == ours else What.NEW


def _tell(sheet: Sheet, item: Item, what: What, arrived: Arrived) -> None:
    """Remember the outcome; that something is new already says that its text is new."""
    if what is What.EDITED and ((item.id, What.NEW) in sheet.outcomes or (item.id, What.ECHO) in sheet.outcomes):
        return
    sheet.outcomes[item.id, what] = (item, arrived.is_history)


def _take_item_state(sheet: Sheet, arrived: Arrived) -> None:
    key = meaning.key_of(arrived, meaning.id_of(arrived))
    item = sheet.items.get(key) or _start_item(sheet, arrived, key)
    if arrived.event.kind is Kind.REPLY and arrived.event.parent_id and item.kind != ItemKind.REPLY:
        _become_reply(sheet, item, arrived)
    if arrived.event.kind is Kind.MESSAGE and arrived.event.verb == "remove":
        item.is_unsent = True
    _observe_state(sheet, item, arrived)


def _observe_state(sheet: Sheet, item: Item, arrived: Arrived) -> None:
    acted = (arrived.connection_id, item.external_id) in sheet.acted_on
    told = meaning.state_told(arrived, acted_by_us=acted)
    if told is None:
        return
    sheet.touch(item)
    if not states.note(sheet, item, told, arrived) or item.is_placeholder:
        return
    what = What.REMOVED if told.state in FINAL else What.STATE
    _tell(sheet, item, What.UNSENT if item.is_unsent and what is What.REMOVED else what, arrived)


def _attach(sheet: Sheet, item: Item, told: Told, received_at: datetime) -> None:
    address = clean(told.url)
    digest = hashlib.sha256((address or told.external_id or told.kind).encode(errors="replace")).digest()
    state = AttachmentState.PENDING
    if told.is_withheld or not address:
        state = AttachmentState.WITHHELD
    elif told.kind == "link":
        state = AttachmentState.NOTED
    row = (ids.new(), item.scope_id, item.id, clean(told.kind)[:40], address, digest, clean(told.title), state)
    sheet.attachments.append((*row, received_at))
