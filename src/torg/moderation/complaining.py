"""What the commands on complaints share: a verdict, the time limits, bringing a text back, and who is told."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from torg.connectors.contract import ActKind
from torg.dialogue.models import Item
from torg.moderation import acts, sanctioning
from torg.moderation.models import Complaint, Outcome, Restoration, Sanction
from torg.moderation.words import Measure, SanctionState
from torg.outbox import commands as outbox

LOCAL = ZoneInfo("Europe/Oslo")
# forvaltningsloven § 11 a: without undue delay; a month is what the law calls long in cases about individuals.
DECIDED_WITHIN = timedelta(days=21)
# Why a sanction ended, in the register.
UPHELD = "complaint-upheld"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a complaint is decided. `reasons` go to the author; `lesson` stays with us, for the rulebook.

    Who was right gets everything back; who was right in part gets what `shows_again` and `lifts_sanction` say.
    """

    outcome: Outcome
    reasons: str = field(repr=False)
    is_impartial: bool
    lesson: str = field(default="", repr=False)
    shows_again: bool = True
    lifts_sanction: bool = True

    @property
    def gives_back_text(self) -> bool:
        return self.outcome == Outcome.UPHELD or (self.outcome == Outcome.PARTLY and self.shows_again)

    @property
    def gives_back_access(self) -> bool:
        return self.outcome == Outcome.UPHELD or (self.outcome == Outcome.PARTLY and self.lifts_sanction)


def is_late(complain_by: date, at: datetime) -> bool:
    """Whether a complaint that comes at `at` comes after its last day, by the clock of Norway."""
    return at.astimezone(LOCAL).date() > complain_by


def let_in_again(complaint: Complaint, *, at: datetime) -> None:
    """Lift the sanction that the decision brought, where one is in force."""
    rows = Sanction.objects.filter(decision=complaint.decision, state=SanctionState.IN_FORCE)
    for sanction in rows.select_related("connection", "author").select_for_update(of=("self",)):
        sanctioning.lift(sanction, because=UPHELD, at=at)


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


def mail(complaint: Complaint) -> None:
    """Tell the author that there is news; without the link, of whose secret we keep no copy."""
    with translation.override(complaint.language):
        send_mail(
            subject=_("There is news about your complaint"),
            message=_("Open the link in the message that you got from us. Everything stands there."),
            from_email=None,
            recipient_list=[complaint.email],
        )
