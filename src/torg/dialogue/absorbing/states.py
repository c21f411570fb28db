"""What the platform, or we, did with what somebody wrote: written down, and which of it holds."""

from torg.channels.types import Arrived
from torg.dialogue.absorbing.meaning import NewState
from torg.dialogue.absorbing.sheet import Sheet
from torg.dialogue.models import FINAL, Item, PlatformState, Post


def note(sheet: Sheet, thing: Item | Post, told: NewState, arrived: Arrived) -> bool:
    """Write the change down; returns whether it is the newest, and so holds."""
    known = PlatformState(thing.platform_state)
    # What is seen to be as it was is no change; neither is being visible when new.
    if known == told.state and arrived.is_polled:
        return False
    if told.state == PlatformState.VISIBLE and arrived.event.verb == "add" and not arrived.is_polled:
        return False
    owner = (thing.id, None) if isinstance(thing, Item) else (None, thing.id)
    sheet.state_changes.append(
        (thing.scope_id, *owner, known, told.state, told.by_us, told.at, arrived.received_at, told.delivery_id)
    )
    if not _holds(thing, told):
        return False
    thing.platform_state, thing.state_at = told.state, told.at
    return known != told.state


def _holds(thing: Item | Post, told: NewState) -> bool:
    if thing.state_at is None:
        return True
    known = (PlatformState(thing.platform_state) in FINAL, thing.state_at)
    return (told.state in FINAL, told.at) >= known
