"""A channel in memory, with faults on demand, for tests and demonstrations."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from torg.connectors import contract
from torg.connectors.contract import Act, ActKind, Kind, PlatformState
from torg.connectors.texts import is_same_text

_PAGE_SIZE = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one act: the error, and whether the platform did the act all the same."""

    error: contract.ChannelError
    takes_effect: bool = False


@dataclass
class _Thing:
    """Something that exists on the pretended platform."""

    external_id: str
    parent_id: str | None
    text: str | None
    at: datetime
    state: PlatformState = PlatformState.VISIBLE


EVERYTHING = contract.Capabilities(
    can_reply=True,
    can_reply_privately=True,
    can_message=True,
    can_publish=True,
    can_edit_own=True,
    can_hide=True,
    can_delete=True,
    can_ban=True,
    max_text_length=8000,
    message_window_seconds=24 * 3600,
    human_window_seconds=7 * 24 * 3600,
    private_reply_window_seconds=7 * 24 * 3600,
)


TOLD = contract.AccountTold(name="Eksempelby kommune")


@dataclass
class FakeChannel:
    """A platform in memory, with faults on demand; `now` is its clock and moves one second with each act.

    `faults` are used up in order, one an act. `performed` holds every act that was asked for, failed ones included;
    `things` what exists; `banned` who may not write; `events` what a poll gives, oldest first.
    """

    now: datetime
    account_id: str = "1001"
    platform: str = "fake"
    faults: deque[Fault] = field(default_factory=deque)
    performed: list[Act] = field(default_factory=list)
    things: dict[str, _Thing] = field(default_factory=dict)
    banned: set[str] = field(default_factory=set)
    events: list[contract.InboundEvent] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    can: contract.Capabilities = EVERYTHING
    is_subscribed: bool = True
    told: contract.AccountTold = TOLD

    def fail(self, error: contract.ChannelError, *, takes_effect: bool = False) -> None:
        """Let the next act end in this error; `takes_effect` does it nevertheless, as after a lost answer."""
        self.faults.append(Fault(error, takes_effect))

    def write(self, text: str, *, parent_id: str | None = None) -> str:
        """Let a person write something there; returns its id."""
        thing = self._add(parent_id, text)
        event = contract.InboundEvent(
            kind=Kind.COMMENT,
            verb="add",
            account_id=self.account_id,
            external_id=thing.external_id,
            parent_id=parent_id,
            author_id="2002",
            text=text,
            occurred_at=thing.at,
        )
        self.events.append(event)
        return thing.external_id

    def capabilities(self) -> contract.Capabilities:
        """What the test says is possible."""
        return self.can

    def perform(self, act: Act) -> contract.Done:
        """Do the act, or fail as told."""
        self.performed.append(act)
        self._refuse_the_impossible(act)
        fault = self.faults.popleft() if self.faults else None
        if fault and not fault.takes_effect:
            raise fault.error
        done = self._do(act)
        if fault:
            raise fault.error
        return done

    def look(self, act: Act, *, since: datetime) -> Sequence[contract.Match]:
        """What exists there with the same parent and text, written after `since`."""
        return [
            contract.Match(thing.external_id, at=thing.at)
            for thing in self.things.values()
            if thing.parent_id == act.target_id and is_same_text(thing.text, act.text) and thing.at >= since
        ]

    def state_of(self, external_id: str) -> PlatformState:
        """The state of a thing; what is not there cannot be reached."""
        thing = self.things.get(external_id)
        return thing.state if thing else PlatformState.UNREACHABLE

    def object_types(self) -> tuple[str, ...]:
        """One type is enough here."""
        return ("comments",)

    def poll(self, cursor: contract.Cursor) -> contract.Polled:
        """The next three events at or after the cursor's time."""
        wanted = [event for event in self.events if cursor.since is None or _at(event, self.now) >= cursor.since]
        start = int(cursor.token or 0)
        page = tuple(wanted[start : start + _PAGE_SIZE])
        is_last = start + _PAGE_SIZE >= len(wanted)
        since = max((_at(event, self.now) for event in wanted), default=cursor.since) if is_last else cursor.since
        token = None if is_last else str(start + _PAGE_SIZE)
        return contract.Polled(page, replace(cursor, since=since, token=token), is_last)

    def health(self) -> contract.Health:
        """All well, but for the subscription when it has fallen away."""
        fields = frozenset({"feed", "messages"})
        return contract.Health(
            account_name="Eksempelby kommune",
            scopes=frozenset({"pages_read_engagement"}),
            missing_scopes=frozenset(),
            subscribed_fields=fields if self.is_subscribed else frozenset(),
            missing_fields=frozenset() if self.is_subscribed else fields,
        )

    def subscribe(self) -> None:
        """Subscribe again."""
        self.is_subscribed = True

    def unsubscribe(self) -> None:
        """Subscribe no longer."""
        self.is_subscribed = False

    def account(self) -> contract.AccountTold:
        """What the test put there."""
        return self.told

    def author_name(self, author_id: str) -> str | None:
        """The name that the test gave."""
        return self.names.get(author_id)

    def _refuse_the_impossible(self, act: Act) -> None:
        needed = {
            ActKind.REPLY: self.can.can_reply,
            ActKind.PRIVATE_REPLY: self.can.can_reply_privately,
            ActKind.MESSAGE: self.can.can_message,
            ActKind.PUBLISH: self.can.can_publish,
            ActKind.EDIT: self.can.can_edit_own,
            ActKind.HIDE: self.can.can_hide,
            ActKind.UNHIDE: self.can.can_hide,
            ActKind.DELETE: self.can.can_delete,
            ActKind.BAN: self.can.can_ban,
            ActKind.UNBAN: self.can.can_ban,
        }
        if not needed[act.kind]:
            raise contract.Refused(f"{act.kind} is not possible here")
        if any(not picture.alt_text.strip() for picture in act.pictures):
            raise contract.Refused("a picture has no alternative text")

    def _do(self, act: Act) -> contract.Done:
        self.now += timedelta(seconds=1)
        target = act.target_id
        if act.kind in (ActKind.PUBLISH, ActKind.REPLY, ActKind.PRIVATE_REPLY, ActKind.MESSAGE):
            thing = self._add(target, act.text)
            return contract.Done(thing.external_id, at=thing.at)
        if act.kind in (ActKind.BAN, ActKind.UNBAN):
            (self.banned.add if act.kind is ActKind.BAN else self.banned.discard)(target or "")
            return contract.Done(target, at=self.now)
        thing = self._existing(target)
        if act.kind is ActKind.EDIT:
            thing.text = act.text
        thing.state = _STATES.get(act.kind, thing.state)
        return contract.Done(target, at=self.now)

    def _existing(self, external_id: str | None) -> _Thing:
        thing = self.things.get(external_id or "")
        if thing is None or thing.state is PlatformState.REMOVED_BY_US:
            raise contract.Gone("it is no longer there")
        return thing

    def _add(self, parent_id: str | None, text: str | None) -> _Thing:
        thing = _Thing(f"{self.account_id}_{len(self.things) + 1}", parent_id, text, self.now)
        self.things[thing.external_id] = thing
        return thing


_STATES = {
    ActKind.HIDE: PlatformState.HIDDEN_BY_US,
    ActKind.UNHIDE: PlatformState.VISIBLE,
    ActKind.DELETE: PlatformState.REMOVED_BY_US,
}


def _at(event: contract.InboundEvent, otherwise: datetime) -> datetime:
    return event.occurred_at or otherwise
