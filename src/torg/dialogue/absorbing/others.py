"""Events that are neither text nor post: reactions, what the other party has read, what we do not understand."""

import hashlib

from django.conf import settings

from torg.channels.types import Arrived
from torg.dialogue.absorbing import meaning
from torg.dialogue.absorbing.meaning import clean, happened_at
from torg.dialogue.absorbing.sheet import Sheet, thread_for
from torg.dialogue.models import ThreadKind


def take_reaction(sheet: Sheet, arrived: Arrived) -> None:
    """Note that somebody has reacted, by a digest in place of the person's id."""
    event = arrived.event
    who = event.author_id or event.details.get("person_id") or f"unknown at {happened_at(arrived)}"
    digest = hashlib.blake2b(who.encode(errors="replace"), key=settings.SECRET_KEY.encode()[:64], digest_size=16)
    kind = clean(event.details.get("reaction_type") or "like")[:40]
    target = clean(event.parent_id or event.post_id)
    withdrawn = event.verb == "remove"
    sheet.reactions.append((arrived.connection_id, target, digest.digest(), kind, withdrawn, happened_at(arrived)))


def take_watermark(sheet: Sheet, arrived: Arrived) -> None:
    """The other party has read, or got, what we wrote up to a moment: in this dialogue, and no other."""
    key = (arrived.connection_id, ThreadKind.PRIVATE, clean(meaning.other_party(arrived.event)))
    if not key[2]:
        take_unknown(sheet, arrived)
        return
    thread = thread_for(sheet, key, scope_id=arrived.scope_id, post=None, started_at=happened_at(arrived))
    name = meaning.WATERMARKS[arrived.event.verb]
    up_to, known = meaning.watermark(arrived), getattr(thread, name)
    setattr(thread, name, up_to if known is None else max(known, up_to))
    sheet.touch(thread)


def take_unknown(sheet: Sheet, arrived: Arrived) -> None:
    """Keep what was not understood, to be shown."""
    event = arrived.event
    told = (str(event.kind)[:20], clean(event.verb)[:100], clean(event.external_id)[:300])
    sheet.unknown.append((arrived.connection_id, arrived.scope_id, arrived.delivery_id, *told, arrived.received_at))
