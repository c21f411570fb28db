"""The words of the crisis room, and what crosses its borders."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from torg.connectors.services import sms
from torg.core.actors import Rule

# The switch changes hours and lends roles for as long as it is on; whoever may press it need not manage people.
SWITCH = Rule("crisis.switch", "1")
GROUPER = Rule("crisis.grouper", "1")
CALLER = Rule("crisis.caller", "1")
GATEWAY = Rule("crisis.gateway", "1")
SENDER = Rule("crisis.sender", "1")
PLAYER = Rule("crisis.player", "1")


# The languages in which a statement can be given: those of the public site.
LANGUAGES = ("nb", "nn", "en")


class Severity(TextChoices):
    """How grave it is; the municipality's own plan says what each level means."""

    RAISED = "RAISED", _("Raised readiness")
    SERIOUS = "SERIOUS", _("Serious incident")
    EXTREME = "EXTREME", _("Very serious incident")


class IncidentState(TextChoices):
    """Where an incident stands."""

    RUNNING = "RUNNING", pgettext_lazy("incident", "Running")
    CLOSING = "CLOSING", pgettext_lazy("incident", "Waits for a second person to close it")
    CLOSED = "CLOSED", pgettext_lazy("incident", "Closed")


class TeamRole(TextChoices):
    """What somebody does in the team."""

    LEAD = "LEAD", _("Leads")
    COMMUNICATION = "COMMUNICATION", _("Leads communication")
    WRITER = "WRITER", _("Writes statements")
    ANSWERER = "ANSWERER", _("Answers questions")
    LOGKEEPER = "LOGKEEPER", _("Keeps the log")
    LIAISON = "LIAISON", _("Contact with police, health service and others")


class StatementState(TextChoices):
    """Where a statement stands."""

    DRAFT = "DRAFT", pgettext_lazy("statement", "Being written")
    PUBLISHED = "PUBLISHED", pgettext_lazy("statement", "Published")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("statement", "Withdrawn")
    DROPPED = "DROPPED", pgettext_lazy("statement", "Dropped")


# What has been said to the public stays counted and told of, also when it is taken back.
STATED = (StatementState.PUBLISHED, StatementState.WITHDRAWN)


class QuestionState(TextChoices):
    """What has become of a question that many ask."""

    OPEN = "OPEN", pgettext_lazy("question", "Not answered")
    ANSWERED = "ANSWERED", pgettext_lazy("question", "Answered")
    SET_ASIDE = "SET_ASIDE", pgettext_lazy("question", "Set aside")


class GatewayKind(TextChoices):
    """How a gateway reaches people."""

    SMS = "SMS", _("Text message")
    MAIL = "MAIL", _("E-mail")


class AlertState(TextChoices):
    """What has become of one message of a call-out."""

    ON_ITS_WAY = "ON_ITS_WAY", _("On its way")
    HANDED_OVER = "HANDED_OVER", _("Handed over to the gateway")
    DELIVERED = "DELIVERED", _("Delivered to the phone")
    FAILED = "FAILED", _("Did not get through")


@dataclass(frozen=True, slots=True)
class Opening:
    """What whoever presses the switch decides. `pages` are scopes whose questions are gathered.

    `known` are the incidents that they knew of when they pressed; None asks nothing.
    """

    title: str
    severity: Severity
    scope_id: UUID
    owner: UUID
    is_exercise: bool = False
    holds_plan: bool = True
    widens_hours: bool = True
    allows_own_approval: bool = True
    pages: tuple[UUID, ...] = ()
    known: frozenset[UUID] | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in the team. Whoever `may_approve` lets a statement out by one approval."""

    person: UUID
    role: TeamRole
    may_approve: bool = False
    call_order: int = 1


@dataclass(frozen=True, slots=True)
class Wording:
    """A statement in one language; `body` is Markdown without HTML."""

    title: str
    body: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SharedAnswer:
    """A question as everybody can read it, and the one answer to it, in one language."""

    question: str
    answer: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AnswerCorrection:
    """An answer as it should be, and what was wrong, by language (rettet svar).

    `fitting` are languages that are right as they stand; `confirmed` are codes of remarks that the person has looked
    at; `shows` puts one that was hidden on the status page again; `tells` writes to all who got an earlier answer.
    """

    texts: "SharedAnswers" = field(repr=False)
    told: Mapping[str, str] = field(repr=False)
    seen_version: int
    fitting: Collection[str] = ()
    confirmed: Collection[str] = ()
    shows: bool = False
    tells: bool = True


@dataclass(frozen=True, slots=True)
class Rebuttal:
    """What is said and is wrong, and what is right, in one language."""

    rumour: str
    correction: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LetPast:
    """What the check of language stops in a statement, and the information officer lets out: its codes, and why."""

    codes: frozenset[str]
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class GatewayWanted:
    """A way to reach people. For text messages `template` is the JSON or the form that the gateway takes, with
    the fields of `sms.FIELDS`; `header` names the one that carries the key where the template has no `{key}`.
    `answer` and `report` say how what it answers, and what it tells later, is read."""

    name: str
    kind: GatewayKind
    order: int
    address: str = ""
    template: str = ""
    header: str = "Authorization"
    key: str = field(default="", repr=False)
    answer: sms.AnswerRule = field(default_factory=sms.AnswerRule)
    report: sms.ReportRule = field(default_factory=sms.ReportRule)


@dataclass(frozen=True, slots=True)
class Situation:
    """A situation report: what is known, what is done, what comes, what is needed."""

    known: str = field(repr=False)
    done: str = field(default="", repr=False)
    coming: str = field(default="", repr=False)
    needed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Injection:
    """A scripted message of an exercise, `minutes` after it begins."""

    minutes: int
    author: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ToldCorrection:
    """What was corrected in a statement, and when."""

    at: datetime
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class ToldStatement:
    """A statement as the status page shows it; of a withdrawn one only that it was, when and why."""

    number: int
    title: str
    html: str = field(repr=False)
    published_at: datetime
    corrections: Sequence[ToldCorrection]
    language: str
    withdrawn: ToldCorrection | None = None


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    """A question that many have asked, with our answer, and what was corrected in it."""

    question: str
    answer: str = field(repr=False)
    answered_at: datetime
    language: str
    corrections: Sequence[ToldCorrection] = ()


@dataclass(frozen=True, slots=True)
class ToldRumour:
    """Something that is said and is wrong, with what is right."""

    rumour: str
    correction: str
    at: datetime
    language: str


@dataclass(frozen=True, slots=True)
class ToldSource:
    """Somebody else who informs: police, health service, road authority."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class StatusPage:
    """The status page of one incident in one language, as the public reads it."""

    title: str
    severity: str
    is_exercise: bool
    is_over: bool
    opened_at: datetime
    closed_at: datetime | None
    changed_at: datetime
    next_statement_at: datetime | None
    statements: Sequence[ToldStatement]
    answers: Sequence[ToldAnswer]
    rumours: Sequence[ToldRumour]
    sources: Sequence[ToldSource]


Wordings = Mapping[str, Wording]
SharedAnswers = Mapping[str, SharedAnswer]
Rebuttals = Mapping[str, Rebuttal]
# As it is kept: by language, the parts of the text by name.
Texts = Mapping[str, Mapping[str, str]]
