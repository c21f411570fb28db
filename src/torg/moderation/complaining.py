"""What the commands on complaints share: a verdict, the time limits, bringing a text back, and who is told."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from torg.connectors.contract import ActKind
from torg.dialogue.models import Item
from torg.moderation import acts
from torg.moderation.models import Complaint, Outcome, Restoration
from torg.moderation.words import Measure
from torg.outbox import commands as outbox

LOCAL = ZoneInfo("Europe/Oslo")
# forvaltningsloven § 11 a: without undue delay; a month is what the law calls long in cases about individuals.
DECIDED_WITHIN = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a complaint is decided. `reasons` go to the author; `lesson` stays with us, for the rulebook."""

    outcome: Outcome
    reasons: str = field(repr=False)
    is_impartial: bool
    lesson: str = field(default="", repr=False)


def is_late(complain_by: date, at: datetime) -> bool:
    """Whether a complaint that comes at `at` comes after its last day, by the clock of Norway."""
    return at.astimezone(LOCAL).date() > complain_by


def bring_back(complaint: Complaint, item: Item, *, at: datetime) -> Restoration:
    """Plan the text's return where the measure and the channel allow it; returns how it stands."""
    measure = complaint.decision.measure
    if measure == Measure.DELETE:
        return Restoration.IMPOSSIBLE
    if measure != Measure.HIDE:
        return Restoration.NOT_DUE
    if not acts.can(item.thread.connection, ActKind.UNHIDE):
        return Restoration.BY_HAND
    shown = acts.on_item(ActKind.UNHIDE, item, subject=acts.COMPLAINT, subject_id=complaint.public_id)
    outbox.plan(shown, at=at)
    return Restoration.ON_ITS_WAY
