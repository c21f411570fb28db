"""What a channel promises: normalised events, capabilities, acts, and the few errors that leave a connector."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Protocol, runtime_checkable


class Kind(StrEnum):
    """What an event is about."""

    POST = "post"
    COMMENT = "comment"
    REPLY = "reply"
    MESSAGE = "message"
    REACTION = "reaction"
    MENTION = "mention"
    STATE_CHANGE = "state-change"
    ACCOUNT = "account"
    UNKNOWN = "unknown"


class PlatformState(StrEnum):
    """The seven states a thing can have on the platform; never inferred from a single missing answer."""

    VISIBLE = "visible"
    HELD = "held"
    HIDDEN_BY_US = "hidden-by-us"
    SPAM = "spam"
    REMOVED_BY_US = "removed-by-us"
    DELETED_BY_AUTHOR = "deleted-by-author"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture, film, file or link that came with an item."""

    kind: str
    url: str | None = None
    title: str | None = None
    external_id: str | None = None
    # The platform keeps it from us (Messenger in Europe does): shown, never silently missing.
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class InboundEvent:
    """One thing that happened on a platform, in our words.

    Ids are text, also where the platform sends numbers above 2^53. `occurred_at` is aware and in UTC, or None
    when the platform did not say. `own` means that our own account did it. `raw` is the platform's own object.
    """

    kind: Kind
    verb: str
    account_id: str | None
    external_id: str | None = None
    # What it answers, belongs to or, for a reaction, is a reaction to.
    parent_id: str | None = None
    post_id: str | None = None
    author_id: str | None = None
    author_name: str | None = None
    text: str | None = None
    attachments: tuple[Attachment, ...] = ()
    own: bool = False
    occurred_at: datetime | None = None
    permalink: str | None = None
    platform_state: PlatformState | None = None
    # Which application sent our own message, when the platform's echo tells; None means outside of us.
    echo_app_id: str | None = None
    # What only some events carry, as text. Every private event names the other party as `person_id`, whoever spoke;
    # others: `watermark` (read or delivered up to), `reaction_type`, `emoji`, `is_unsupported` (something came that
    # the platform does not pass on), `is_standby` (another application owns the conversation), `field`.
    details: Mapping[str, str] = field(default_factory=dict)
    raw: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What is possible on a connected account, and what an act really does there."""

    can_reply: bool = False
    can_reply_privately: bool = False
    can_message: bool = False
    can_publish: bool = False
    can_edit_own: bool = False
    can_hide: bool = False
    can_delete: bool = False
    can_ban: bool = False
    max_text_length: int | None = None
    # Seconds after a person's last message in which we may answer freely, and by hand with a tag.
    message_window_seconds: int | None = None
    human_window_seconds: int | None = None
    private_reply_window_seconds: int | None = None
    # Plain words on what the act does not do, by act name ("hide": "still visible to the author and friends").
    limits: Mapping[str, str] = field(default_factory=dict)


class ActKind(StrEnum):
    """What we can ask a channel to do."""

    PUBLISH = "publish"
    EDIT = "edit"
    DELETE = "delete"
    REPLY = "reply"
    PRIVATE_REPLY = "private-reply"
    MESSAGE = "message"
    HIDE = "hide"
    UNHIDE = "unhide"
    BAN = "ban"
    UNBAN = "unban"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to publish; without alt text the connector refuses it."""

    content: bytes
    media_type: str
    alt_text: str
    file_name: str


@dataclass(frozen=True, slots=True)
class CaptionFile:
    """What is said in a film, in one language, as SubRip."""

    language: str
    srt: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Film:
    """A film to publish; nobody sees it before all its captions are there.

    Attributes:
        title: what it shows.
        place: where its bytes lie, read a piece at a time; None where only what stands on the platform is concerned.
        captions: the first one is that of the post's language.
        poster: the picture that stands in its place until it is played.
        handle: what the platform called it when its upload began; empty before that.
        remember: keeps a new handle at once, so that an answer that is lost makes no second film.
    """

    title: str = ""
    place: Path | None = None
    captions: tuple[CaptionFile, ...] = ()
    poster: Picture | None = None
    handle: str = ""
    remember: Callable[[str], None] = field(default=lambda handle: None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Act:
    """One act toward a platform.

    `target_id` is what it is done to: the comment to reply to or hide, the person to message or ban, the post to
    edit. Empty for publishing. `is_human` says that a person wrote the text (Messenger's 7-day window needs it).
    """

    kind: ActKind
    account_id: str
    target_id: str | None = None
    text: str | None = None
    link: str | None = None
    pictures: tuple[Picture, ...] = ()
    film: Film | None = None
    is_human: bool = True
    # When the person last wrote to us; decides how a private message may be sent. None when we do not know.
    last_inbound_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """The platform confirmed the act."""

    external_id: str | None = None
    permalink: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Something on the platform that may be the act we are unsure of.

    `is_what_was_acted_on` says that nothing new was made: the thing itself is in the state that was asked for.
    """

    external_id: str
    at: datetime | None = None
    permalink: str | None = None
    is_what_was_acted_on: bool = False


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a poll has read, for one type of object."""

    object_type: str
    since: datetime | None = None
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Polled:
    """One page of a poll: the events, and where to go on (`is_last` when there is no more)."""

    events: tuple[InboundEvent, ...]
    cursor: Cursor
    is_last: bool


@dataclass(frozen=True, slots=True)
class Health:
    """What the platform says of our access."""

    account_name: str | None
    scopes: frozenset[str]
    missing_scopes: frozenset[str]
    subscribed_fields: frozenset[str]
    missing_fields: frozenset[str]
    expires_at: datetime | None = None
    data_access_expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure that a platform tells of a post, under the platform's own code for it."""

    code: str
    value: int


@dataclass(frozen=True, slots=True)
class AccountTold:
    """What a platform tells of our account now: what stands on its profile, and its figures; empty where untold."""

    name: str = ""
    about: str = ""
    website: str = ""
    address: str = ""
    figures: tuple[Measured, ...] = ()


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody, or a system, who can act on the account on the platform itself, as the platform tells it now.

    `may_manage` is whether they may also give others access; None where the platform does not tell.
    """

    external_id: str
    name: str
    may_manage: bool | None = None
    is_system: bool = False


@dataclass(frozen=True, slots=True)
class HoldersTold:
    """Who has access; `is_whole` is False where the platform kept a part of the list from us."""

    holders: tuple[Holder, ...] = ()
    is_whole: bool = True


class NextStep(StrEnum):
    """What follows an error."""

    RETRY = "retry"
    TELL_A_PERSON = "tell-a-person"
    RECONNECT = "reconnect"
    LOOK_FIRST = "look-first"


class ChannelError(Exception):
    """The base of the ten errors that leave a connector; nothing else does.

    `code` is the platform's own code ("190/460"), `trace` its trace id; never the text that somebody wrote.
    """

    next_step: ClassVar[NextStep] = NextStep.TELL_A_PERSON

    def __init__(
        self, reason: str, *, code: str | None = None, trace: str | None = None, until: datetime | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
        self.trace = trace
        self.until = until


class Temporary(ChannelError):
    """The platform is away or stumbling, and nothing took effect."""

    next_step = NextStep.RETRY


class RateLimited(ChannelError):
    """Too many calls; `until` says when to go on."""

    next_step = NextStep.RETRY


class QuotaSpent(ChannelError):
    """The day's or month's quota is used up; `until` says when the next begins."""

    next_step = NextStep.RETRY


class Refused(ChannelError):
    """The platform says no, with a reason that a person must read."""


class PermissionMissing(ChannelError):
    """Our access does not include this; somebody must grant it."""

    next_step = NextStep.RECONNECT


class CredentialsDead(ChannelError):
    """The key no longer works; somebody must connect again."""

    next_step = NextStep.RECONNECT


class WindowClosed(ChannelError):
    """The time in which we may write to this person has passed; another way is needed."""


class Gone(ChannelError):
    """What we would act on is no longer there, or no longer ours to see."""


class Duplicate(ChannelError):
    """The platform says that it has this already; look whether it is ours."""

    next_step = NextStep.LOOK_FIRST


class Ambiguous(ChannelError):
    """No readable answer after the act was sent: it may have taken effect, so look before repeating."""

    next_step = NextStep.LOOK_FIRST


class Unsigned(Exception):
    """A delivery's signature is missing or wrong. Raised by `Intake.verify` only."""


class Unreadable(Exception):
    """A delivery cannot be understood at all (not JSON). Raised by `Intake.parse` only."""


class Intake(Protocol):
    """The part of a connector that needs no access: checking and reading deliveries. Pure."""

    platform: str

    def verify(self, body: bytes, headers: Mapping[str, str], *, secret: str) -> None:
        """Check the signature over the raw bytes; raises Unsigned."""

    def parse(self, body: bytes) -> Iterator[InboundEvent]:
        """The normalised events of a delivery, unknown ones included; raises Unreadable."""


class Channel(Protocol):
    """The part of a connector that talks to the platform, bound to one account."""

    platform: str

    def capabilities(self) -> Capabilities:
        """What is possible with the access we have."""

    def perform(self, act: Act) -> Done:
        """Carry out one act; raises a ChannelError."""

    def look(self, act: Act, *, since: datetime) -> Sequence[Match]:
        """What on the platform may be this act: same place, same parent, same text, after `since`."""

    def state_of(self, external_id: str) -> PlatformState:
        """The state of a comment or post as the platform tells it now."""

    def poll(self, cursor: Cursor) -> Polled:
        """The next page of what happened, for reconciliation beneath the push."""

    def object_types(self) -> tuple[str, ...]:
        """The object types that are polled, each with its own cursor."""

    def health(self) -> Health:
        """The state of our access and subscription, read back from the platform."""

    def subscribe(self) -> None:
        """Ask for the wanted fields to be delivered, again where they have fallen away."""

    def unsubscribe(self) -> None:
        """Ask for nothing to be delivered any more; asking twice is asking once."""

    def author_name(self, author_id: str) -> str | None:
        """The name of a person who wrote to us, where the platform tells."""


@runtime_checkable
class TellsFigures(Protocol):
    """A channel that tells how posts have done. Not all do: ask with `isinstance`."""

    def figures(self, external_id: str) -> Sequence[Measured]:
        """What the platform counts of one post now; raises ChannelError. What it does not tell is left out."""


@runtime_checkable
class TellsOfAccount(Protocol):
    """A channel that tells of the account itself. Not all do: ask with `isinstance`."""

    def account(self) -> AccountTold:
        """What stands on the account's profile, and what the platform counts of it; raises ChannelError."""


@runtime_checkable
class TellsWhoHasAccess(Protocol):
    """A channel that tells who can act on the account. Not all do: ask with `isinstance`."""

    def holders(self) -> HoldersTold:
        """Who has access now; raises ChannelError, also where the platform tells nothing of it at all."""
