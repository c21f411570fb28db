"""Acting on the comments of our own site."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from torg.connectors import contract
from torg.connectors.board import OWN_SITE, Board, Standing, Unsure
from torg.connectors.channels.ownsite import mapping
from torg.connectors.contract import Act, ActKind, Cursor, PlatformState
from torg.connectors.texts import is_same_text

COMMENTS = "comments"
_MOST_AT_ONCE = 200
_STATES = {
    ActKind.HIDE: PlatformState.HIDDEN_BY_US,
    ActKind.UNHIDE: PlatformState.VISIBLE,
    ActKind.DELETE: PlatformState.REMOVED_BY_US,
}
_GONE = (PlatformState.REMOVED_BY_US, PlatformState.DELETED_BY_AUTHOR)
_CAPABILITIES = contract.Capabilities(
    can_reply=True,
    # An e-mail, where the author has left an address; nobody else can be reached.
    can_reply_privately=True,
    can_edit_own=True,
    can_hide=True,
    can_delete=True,
    max_text_length=8000,
    limits={
        "private-reply": "only where the author has left an e-mail address",
        "ban": "anybody may write without an account, so nobody can be shut out",
    },
)


class OwnSiteConnector:
    """The comments of our own site.

    Args:
        board: where they are kept.
        site: the account's id.
    """

    platform = OWN_SITE

    def __init__(self, board: Board, *, site: str) -> None:
        self._board = board
        self._site = site
        self._acts: dict[ActKind, Callable[[Act], contract.Done]] = {
            ActKind.REPLY: self._reply,
            ActKind.PRIVATE_REPLY: self._write,
            ActKind.EDIT: self._edit,
            **dict.fromkeys(_STATES, self._change),
        }

    def capabilities(self) -> contract.Capabilities:
        """What is possible here."""
        return _CAPABILITIES

    def perform(self, act: Act) -> contract.Done:
        """Carry out one act; raises a ChannelError."""
        do = self._acts.get(act.kind)
        if do is None:
            raise contract.Refused(f"{act.kind} is not possible on our own site")
        try:
            return do(act)
        except Unsure as error:
            raise contract.Ambiguous("our own site fell silent") from error

    def look(self, act: Act, *, since: datetime) -> Sequence[contract.Match]:
        """Our answers with this text, or the comment itself where it is in the state that was asked for."""
        if act.kind in _STATES:
            found = self._board.find(act.target_id or "")
            is_so = found is not None and found.state is _STATES[act.kind]
            return [_match(found, is_itself=True)] if found and is_so else []
        answers = self._board.answers(act.target_id or "", since=since) if act.kind is ActKind.REPLY else ()
        return [_match(each) for each in answers if is_same_text(each.text, act.text or "")]

    def state_of(self, external_id: str) -> PlatformState:
        """The state of a comment now."""
        found = self._board.find(external_id)
        return found.state if found else PlatformState.UNREACHABLE

    def poll(self, cursor: Cursor) -> contract.Polled:
        """What has changed since the last poll; the moment of the last page's end is read once more."""
        since = datetime.fromisoformat(cursor.token) if cursor.token else cursor.since
        page = self._board.changed(since, limit=_MOST_AT_ONCE)
        events = tuple(mapping.of_standing(self._site, each) for each in page)
        is_last = len(page) < _MOST_AT_ONCE
        # More at one moment than a page holds would otherwise be read again and again.
        beyond = (
            page[-1].changed_at + timedelta(microseconds=page[0].changed_at == page[-1].changed_at) if page else None
        )
        token = None if is_last or beyond is None else beyond.isoformat()
        return contract.Polled(events, Cursor(cursor.object_type, since, token), is_last)

    def object_types(self) -> tuple[str, ...]:
        """Comments and answers are read together."""
        return (COMMENTS,)

    def health(self) -> contract.Health:
        """Our own site asks for no key."""
        nothing: frozenset[str] = frozenset()
        return contract.Health(
            account_name=None, scopes=nothing, missing_scopes=nothing, subscribed_fields=nothing, missing_fields=nothing
        )

    def subscribe(self) -> None:
        """Nothing to ask for: what is written here is delivered."""

    def unsubscribe(self) -> None:
        """There is no subscription to end."""

    def author_name(self, author_id: str) -> str | None:
        """The name came with the comment, or not at all."""
        return None

    def _reply(self, act: Act) -> contract.Done:
        self._standing(act)
        return _done(self._board.answer(act.target_id or "", act.text or ""))

    def _write(self, act: Act) -> contract.Done:
        found = self._standing(act)
        if not self._board.write_privately(found.external_id, act.text or ""):
            raise contract.Refused("The author left no e-mail address.")
        return contract.Done(found.external_id)

    def _edit(self, act: Act) -> contract.Done:
        if not self._standing(act).is_own:
            raise contract.Refused("Only our own answers can be changed.")
        return _done(self._board.edit(act.target_id or "", act.text or ""))

    def _change(self, act: Act) -> contract.Done:
        self._standing(act)
        return _done(self._board.change(act.target_id or "", _STATES[act.kind]))

    def _standing(self, act: Act) -> Standing:
        found = self._board.find(act.target_id or "")
        if found is None or found.state in _GONE:
            raise contract.Gone("it is no longer there")
        return found


def _done(standing: Standing) -> contract.Done:
    return contract.Done(standing.external_id, standing.permalink or None, standing.changed_at)


def _match(standing: Standing, *, is_itself: bool = False) -> contract.Match:
    return contract.Match(
        standing.external_id, standing.changed_at, standing.permalink or None, is_what_was_acted_on=is_itself
    )
