"""The words of deciding: grounds, measures, states, and the frozen values that cross its borders."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from torg.core.actors import Rule
from torg.moderation.types import Basis, Severity

FINDER = Rule("moderation.finder", "1")
WATCH = Rule("moderation.watch", "1")
DEADLINES = Rule("moderation.deadlines", "1")
SENDING = Rule("moderation.sending", "1")


class Ground(TextChoices):
    """Why something may be moderated (grunnlag). Criticism is not on the list (Grunnloven § 100, strategy F5)."""

    THREAT = "THREAT", _("Threat")
    IDENTITY_NUMBER = "IDENTITY_NUMBER", _("National identity number")
    HEALTH = "HEALTH", _("Health of an identifiable person")
    CHILD = "CHILD", _("Sensitive about a child")
    # Reads as any other personal data wherever it is shown: that an address is protected is itself a secret.
    PROTECTED_ADDRESS = "PROTECTED_ADDRESS", _("Somebody else's personal data")
    PERSONAL_DATA = "PERSONAL_DATA", _("Somebody else's personal data")
    HATE = "HATE", _("Hateful speech")
    HARASSMENT = "HARASSMENT", _("Harassment")
    DEFAMATION = "DEFAMATION", _("Defamation")
    ILLEGAL = "ILLEGAL", _("Otherwise against the law")
    OBSCENE = "OBSCENE", _("Obscene")
    PERSONAL_ATTACK = "PERSONAL_ATTACK", _("Attack on a person")
    PROFANITY = "PROFANITY", _("Swearing")
    OFF_TOPIC = "OFF_TOPIC", _("Beside the subject")
    ADVERTISING = "ADVERTISING", _("Advertising or spam")
    HARMFUL_LINK = "HARMFUL_LINK", _("Link to gross content")
    LANGUAGE = "LANGUAGE", _("Written in a language that few here can read")


# Grounds that lean on the law; the others on the discussion rules alone.
BY_LAW = frozenset(
    {
        Ground.THREAT,
        Ground.IDENTITY_NUMBER,
        Ground.HEALTH,
        Ground.CHILD,
        Ground.PROTECTED_ADDRESS,
        Ground.PERSONAL_DATA,
        Ground.HATE,
        Ground.HARASSMENT,
        Ground.DEFAMATION,
        Ground.ILLEGAL,
    }
)
# One person may hide at once on these (decisions: temporary hiding).
SEVERE = BY_LAW | {Ground.OBSCENE}
# What stays hidden and escalates when nobody decides; every other ground is a matter of opinion, and lapses.
STAYS_HIDDEN = frozenset(
    {
        Ground.THREAT,
        Ground.IDENTITY_NUMBER,
        Ground.HEALTH,
        Ground.CHILD,
        Ground.PROTECTED_ADDRESS,
        Ground.PERSONAL_DATA,
    }
)
# The text itself is what harms: it is repeated in no list and no notice (strategy C6).
SENSITIVE_GROUNDS = STAYS_HIDDEN - {Ground.THREAT}


def to_choose(among: Collection[Ground] = tuple(Ground)) -> list[tuple[str, Any]]:
    """The grounds for whoever chooses one, each by a name of its own."""
    own = {Ground.PROTECTED_ADDRESS: _("Address or whereabouts that can put somebody in danger")}
    return [(each.value, own.get(each, each.label)) for each in Ground if each in among]


def to_list() -> list[tuple[str, Any]]:
    """The grounds for lists and what narrows them: a protected address is among other personal data."""
    return [(each.value, each.label) for each in Ground if each != Ground.PROTECTED_ADDRESS]


def shown_as(ground: str) -> str:
    """The ground as lists, logs and figures may tell it."""
    return Ground.PERSONAL_DATA.value if ground == Ground.PROTECTED_ADDRESS else ground


def listed_with(ground: str) -> list[str]:
    """The grounds that lists show as this one."""
    return [each.value for each in Ground if shown_as(each) == ground]


class Gravity(IntegerChoices):
    """How grave a case is; the number sorts the queue. The first three follow the rule's own severity."""

    MILD = 1, _("Mild")
    SERIOUS = 2, _("Serious")
    SEVERE = 3, _("Severe")
    CRITICAL = 4, _("Somebody may come to harm")


GRAVITY_OF = {Severity.GUIDING: Gravity.MILD, Severity.MILD: Gravity.MILD}
GRAVITY_OF |= {Severity.SERIOUS: Gravity.SERIOUS, Severity.SEVERE: Gravity.SEVERE}


def gravity_of(ground: str, severity: str) -> Gravity:
    """The gravity of a case: what can harm somebody outweighs what the rule itself says."""
    return Gravity.CRITICAL if ground in STAYS_HIDDEN else GRAVITY_OF.get(Severity(severity), Gravity.MILD)


def basis_of(ground: str) -> Basis:
    """What a decision on this ground rests on."""
    return Basis.LAW if ground in BY_LAW else Basis.HOUSE


class Source(TextChoices):
    """Who pointed it out."""

    TRIAGE = "TRIAGE", _("Found by the software")
    COLLEAGUE = "COLLEAGUE", _("Reported by a colleague")
    CITIZEN = "CITIZEN", _("Reported by a citizen")
    OWN = "OWN", _("Found while reading")
    OUTSIDE = "OUTSIDE", _("Done in the platform's own app")


class CaseState(TextChoices):
    """Where a moderation case stands."""

    OPEN = "OPEN", _("Waiting to be assessed")
    PROPOSED = "PROPOSED", _("Waiting for a second person")
    DECIDED = "DECIDED", _("Decided, being carried out")
    CLOSED = "CLOSED", pgettext_lazy("moderation case", "Closed")
    DISMISSED = "DISMISSED", _("Let stand")


class Dismissal(TextChoices):
    """Why a case ended without a decision: the mildest ways, which one person may take."""

    LAWFUL = "LAWFUL", _("No breach: lawful speech")
    CRITICISM = "CRITICISM", _("Criticism of the municipality, which is protected")
    ANSWERED = "ANSWERED", _("An answer was enough")
    REPHRASED = "REPHRASED", _("The author was asked to put it differently")
    WITHDRAWN = "WITHDRAWN", _("The author took it away")
    MISTAKE = "MISTAKE", _("Opened by mistake")


class Measure(TextChoices):
    """What happens to the text, the mildest first (inngrep)."""

    NOTHING = "NOTHING", _("Do nothing")
    ANSWER = "ANSWER", _("Answer")
    REPHRASE = "REPHRASE", _("Ask to put it differently")
    HIDE = "HIDE", pgettext_lazy("measure", "Hide")
    CLOSE_THREAD = "CLOSE_THREAD", pgettext_lazy("measure", "Close the thread")
    DELETE = "DELETE", pgettext_lazy("measure", "Delete")


# What a second person agrees to; NOTHING only together with a sanction.
PROPOSABLE = (Measure.NOTHING, Measure.HIDE, Measure.CLOSE_THREAD, Measure.DELETE)
MILDER = (Measure.NOTHING, Measure.ANSWER, Measure.REPHRASE, Measure.HIDE)


class Step(TextChoices):
    """The steps of the ladder toward an author (reaksjon), the mildest first."""

    GUIDANCE = "GUIDANCE", _("Guidance")
    WARNING = "WARNING", _("Warning")
    FINAL_WARNING = "FINAL_WARNING", _("Final warning")
    TEMPORARY_BAN = "TEMPORARY_BAN", _("Shut out for a time")
    LONGER_BAN = "LONGER_BAN", _("Shut out for longer")


BANS = (Step.TEMPORARY_BAN, Step.LONGER_BAN)
LADDER = tuple(Step)


class ProposalState(TextChoices):
    """Where a proposal stands."""

    WAITING = "WAITING", _("Waiting for a second person")
    AGREED = "AGREED", _("Agreed")
    RETURNED = "RETURNED", _("Sent back")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    REVISED = "REVISED", _("Replaced by a newer version")


class Answered(TextChoices):
    """What the second person answered."""

    AGREED = "AGREED", _("Agreed")
    RETURNED = "RETURNED", _("Sent back")


class HidingState(TextChoices):
    """How a temporary hiding stands."""

    PLANNED = "PLANNED", _("Being hidden")
    ACTIVE = "ACTIVE", _("Hidden for now")
    REFUSED = "REFUSED", _("The platform did not hide it")
    UPHELD = "UPHELD", _("Taken over by a decision")
    LIFTED = "LIFTED", _("Shown again")
    LAPSED = "LAPSED", _("Lapsed: nobody decided in time")


class CarryState(TextChoices):
    """How far a decision has been carried out."""

    CARRYING_OUT = "CARRYING_OUT", _("On its way")
    BY_HAND = "BY_HAND", _("To be done by hand in the app")
    STOPPED = "STOPPED", _("Stopped: somebody must look")
    DONE = "DONE", _("Done")
    MOOT = "MOOT", _("The author took it away first")
    GIVEN_UP = "GIVEN_UP", _("Could not be done")


class NoticeState(TextChoices):
    """How a notice to an author stands."""

    PLANNED = "PLANNED", _("On its way")
    STOPPED = "STOPPED", _("Stopped: somebody must look")
    SENT = "SENT", _("Sent")
    NOT_SENT = "NOT_SENT", _("Not sent, with a reason")


class NoNotice(TextChoices):
    """Why an author was not told."""

    WINDOW_CLOSED = "WINDOW_CLOSED", _("The platform's time for writing to the author has passed")
    NO_WAY = "NO_WAY", _("The platform gives no way to write to the author")
    WAY_USED = "WAY_USED", _("The one private reply that the platform allows has been used")
    REFUSED = "REFUSED", _("The platform refused the message")
    GONE = "GONE", _("The author or the text was gone")
    OTHER_MEANS = "OTHER_MEANS", _("The author was told in another way")
    WOULD_HARM = "WOULD_HARM", _("Telling the author could harm somebody")


class SanctionState(TextChoices):
    """How a sanction stands."""

    PLANNED = "PLANNED", _("Being put in force")
    IN_FORCE = "IN_FORCE", _("In force")
    LIFTING = "LIFTING", _("Being lifted")
    ENDED = "ENDED", _("Ended")
    NOT_MADE = "NOT_MADE", _("Never came into force")


class Involvement(TextChoices):
    """Why somebody cannot take part in a case (inhabilitet, forvaltningsloven § 6)."""

    SUBJECT = "SUBJECT", _("The text is about this person")
    PARTIAL = "PARTIAL", _("Says of themselves that they are partial")


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage that breaks a rule: Python indices into the text of one version, or an attachment as a whole."""

    rule_id: UUID
    start: int = 0
    end: int = 0
    version: int | None = None
    attachment_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is proposed (forslag), before anyone else has looked.

    `considered` are the milder measures that were thought of and found not enough. `ends_on` and `review_on` belong
    to a sanction; a ban has at least one of them. `no_notice` is set only where telling the author is not possible
    or would harm, with `no_notice_detail` in words.
    """

    ground: Ground
    measure: Measure
    reason: str = field(repr=False)
    considered: Sequence[Measure]
    is_impartial: bool
    sanction: Step | None = None
    ends_on: date | None = None
    review_on: date | None = None
    no_notice: NoNotice | None = None
    no_notice_detail: str = field(default="", repr=False)
    language: str = ""
