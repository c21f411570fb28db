"""The words of the inbox: states, kinds and the frozen values that cross its borders."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db.models import TextChoices
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from torg.core.actors import Rule

INTAKE = Rule("inbox.intake", "1")
DEADLINES = Rule("inbox.deadlines", "1")
RECEIPTS = Rule("inbox.receipts", "1")
SENDING = Rule("inbox.sending", "1")


class EnquiryState(TextChoices):
    """Where an enquiry stands with us."""

    OPEN = "OPEN", _("Open")
    SNOOZED = "SNOOZED", _("Put aside")
    CLOSED = "CLOSED", pgettext_lazy("enquiry", "Closed")


class WaitingFor(TextChoices):
    """Whose turn it is."""

    US = "US", _("Waiting for us")
    THEM = "THEM", _("Waiting for them")
    APPROVAL = "APPROVAL", _("Waiting for approval")


class Band(TextChoices):
    """How far up in the queue; the letters sort."""

    DANGER = "A", _("Danger to life")
    URGENT = "B", _("Urgent")
    DEADLINE = "C", _("Has a deadline")
    REST = "D", _("No deadline")


class ClosedBecause(TextChoices):
    """Why an enquiry was closed."""

    ANSWERED = "ANSWERED", _("Answered")
    NO_ANSWER_NEEDED = "NO_ANSWER_NEEDED", _("No answer needed")
    WITHDRAWN = "WITHDRAWN", _("Deleted by the author")
    MERGED = "MERGED", _("Merged with another")
    HISTORY = "HISTORY", _("From before we connected")


class FactKind(TextChoices):
    """What moves a deadline clock. Notes, receipts and hiding are not among them."""

    ASKED = "ASKED", _("Somebody asked")
    ANSWERED = "ANSWERED", _("Answered from here")
    OUTSIDE = "OUTSIDE", _("Answered outside the system")
    OFFLINE = "OFFLINE", _("Answered by phone or letter")
    WITHDRAWN = "WITHDRAWN", _("The author deleted it")
    CLOSED = "CLOSED", _("Closed without an answer")
    REOPENED = "REOPENED", _("Opened again")
    MOVED = "MOVED", _("Moved to another unit")
    MERGED_IN = "MERGED_IN", _("Another enquiry was merged into this")
    MERGED_AWAY = "MERGED_AWAY", _("Merged into another enquiry")
    INTERIM = "INTERIM", _("Interim answer with a new date")


class ClockReason(TextChoices):
    """Why a clock was started."""

    ASKED = "ASKED", _("A question came in")
    NEXT = "NEXT", _("The first question was withdrawn; the next one counts")
    REOPENED = "REOPENED", _("Opened again")
    MOVED = "MOVED", _("Moved to another unit")
    MERGED = "MERGED", _("Merged with an earlier question")
    INTERIM = "INTERIM", _("Complex question: new date promised")


class Outcome(TextChoices):
    """How a clock ended; computed from the facts, never from when somebody looked."""

    RUNNING = "RUNNING", _("Running")
    MET = "MET", _("In time")
    MISSED = "MISSED", _("Too late")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn by the author")
    DROPPED = "DROPPED", _("Ended without an answer")


class AnswerKind(TextChoices):
    """Where an answer goes; a wrong edge succeeds in the wrong place, so it is always named."""

    PUBLIC_REPLY = "PUBLIC_REPLY", _("Public reply")
    PRIVATE_REPLY = "PRIVATE_REPLY", _("Private reply to the comment")
    MESSAGE = "MESSAGE", _("Message")
    OFFLINE = "OFFLINE", _("By phone, letter or in person")


class OfflineMeans(TextChoices):
    """How somebody was answered outside the channels."""

    PHONE = "PHONE", _("Phone")
    LETTER = "LETTER", _("Letter")
    EMAIL = "EMAIL", _("E-mail")
    IN_PERSON = "IN_PERSON", _("In person")


class AnswerState(TextChoices):
    """An answer's way: through approval where that is needed, then through the outbox."""

    WAITING = "WAITING", _("Waiting for approval")
    REJECTED = "REJECTED", _("Sent back")
    SUPERSEDED = "SUPERSEDED", _("Replaced by a newer answer")
    PLANNED = "PLANNED", _("Will be sent")
    SENDING = "SENDING", _("Being sent")
    CONFIRMED = "CONFIRMED", _("Sent")
    UNCONFIRMED = "UNCONFIRMED", _("Unsure; we look before sending again")
    REFUSED = "REFUSED", _("Refused by the platform")
    FAILED = "FAILED", _("Could not be sent")
    WITHDRAWN = "WITHDRAWN", _("Taken back before sending")


class PromiseState(TextChoices):
    """What became of a promise."""

    OPEN = "OPEN", _("Not yet due")
    KEPT = "KEPT", _("Kept")
    BROKEN = "BROKEN", _("Broken")
    CANCELLED = "CANCELLED", _("Was no promise")


class ForwardingKind(TextChoices):
    """What a unit is asked to look at (strategy E1)."""

    FACTUAL_ERROR = "FACTUAL_ERROR", _("Factual error")
    CLAIM = "CLAIM", _("Claim or criticism")
    QUESTION = "QUESTION", _("Question about their field")


class ForwardingState(TextChoices):
    """Whether the unit has answered."""

    SENT = "SENT", _("Waiting for the unit")
    ANSWERED = "ANSWERED", _("Answered by the unit")


class Change(TextChoices):
    """What changed on an enquiry, as the collision stop tells it."""

    ITEM = "ITEM", _("something new was written")
    EDIT = "EDIT", _("something was edited or deleted")
    ANSWER = "ANSWER", _("a colleague answered")
    OUTSIDE = "OUTSIDE", _("it was answered outside the system")
    NOTE = "NOTE", _("a colleague wrote a note")
    ASSIGNED = "ASSIGNED", _("it was assigned")
    STATE = "STATE", _("it was closed, opened or put aside")
    LABELS = "LABELS", _("its labels were changed")
    MOVED = "MOVED", _("it was moved or merged")
    MARKED = "MARKED", _("it was marked")


class AttendanceState(TextChoices):
    """What a colleague is doing with an enquiry right now."""

    READING = "READING", _("is reading")
    WRITING = "WRITING", _("is writing")


class BulkAct(TextChoices):
    """What can be done to many enquiries at once."""

    ASSIGN = "ASSIGN", _("Assign")
    LABEL = "LABEL", _("Put a label on")
    CLOSE = "CLOSE", _("Close")
    SNOOZE = "SNOOZE", _("Put aside")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at before an answer is sent: what, where in the text, and what to do."""

    code: str
    advice: str | LazyText
    passage: str = ""
    start: int = 0
    end: int = 0
    is_blocking: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as a person has written it, before it becomes one.

    `seen_version` is the enquiry's version that the person saw; `confirmed` the codes of the remarks that the
    person has read and stands by; `new_due_at` makes it an interim answer to a complex question; `closes` closes the
    enquiry when the platform has confirmed.
    """

    kind: AnswerKind
    text: str
    seen_version: int
    item_id: UUID | None = None
    confirmed: frozenset[str] = field(default_factory=frozenset)
    new_due_at: datetime | None = None
    closes: bool = False


@dataclass(frozen=True, slots=True)
class BulkLine:
    """What a bulk act would do to one enquiry, or why it cannot."""

    enquiry_id: UUID
    version: int
    is_possible: bool
    text: str


class Found(Protocol):
    """One finding of triage, as far as the inbox reads it."""

    @property
    def kind(self) -> str: ...


class Assessment(Protocol):
    """What triage says of one item; `triage.commands.assess` gives them."""

    @property
    def findings(self) -> Sequence[Found]: ...

    @property
    def urgency(self) -> int: ...

    @property
    def is_question(self) -> bool: ...

    @property
    def is_sensitive(self) -> bool: ...

    @property
    def is_danger(self) -> bool: ...

    @property
    def language(self) -> str: ...
