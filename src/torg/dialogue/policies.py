"""Who may read what is behind a mask."""

from datetime import datetime

from torg.core.actors import Actor
from torg.dialogue.models import Item
from torg.people import policies as people
from torg.people.types import Permission


def check_can_open(by: Actor, item: Item, *, at: datetime) -> None:
    """Raise NotAllowed unless `by` may read the full text here."""
    people.check_may(by, Permission.OPEN_SENSITIVE, scope_id=item.scope_id, at=at)
