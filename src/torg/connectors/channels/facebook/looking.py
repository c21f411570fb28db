"""Finding out whether an act that we are unsure of took effect."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from torg.connectors import contract
from torg.connectors.channels.facebook import films, objects
from torg.connectors.channels.facebook.graph import Graph
from torg.connectors.channels.facebook.values import Object, as_address, as_id, as_object, as_text, as_time
from torg.connectors.contract import Act, ActKind, Match, PlatformState
from torg.connectors.texts import is_same_text

# Facebook tells whole seconds by its own clock.
_SKEW = timedelta(seconds=60)
_FIELDS = "id,from,message,created_time,permalink_url"
_MESSAGE_FIELDS = "id,from,message,created_time"
_NEWEST_FIRST = {"filter": "stream", "order": "reverse_chronological"}


def look(graph: Graph, act: Act, *, since: datetime) -> Sequence[Match]:
    """What on the page may be this act; raises ChannelError when we cannot see, which is not the same as nothing."""
    if act.film is not None:
        return list(films.LOOKS[act.kind](graph, act))
    return list(_LOOKS[act.kind](graph, act, since - _SKEW))


def state_of(graph: Graph, external_id: str) -> PlatformState:
    """The state as the platform tells it; what does not answer is unreachable, not called deleted."""
    try:
        return objects.state_of(graph.get(external_id, fields="id,is_hidden"))
    except contract.Gone:
        return PlatformState.UNREACHABLE


def _post(graph: Graph, act: Act, since: datetime) -> Iterator[Match]:
    return _ours(graph.everything(f"{act.account_id}/published_posts", _FIELDS), act, since)


def _reply(graph: Graph, act: Act, since: datetime) -> Iterator[Match]:
    """Below what we answered and, as Facebook hangs answers to an answer on the first comment, below its parent."""
    found = list(_comments(graph, str(act.target_id), act, since))
    if found:
        return iter(found)
    parent = as_object(graph.get(str(act.target_id), fields="id,parent").get("parent"))
    parent_id = as_id(parent.get("id"))
    return _comments(graph, parent_id, act, since) if parent_id else iter(())


def _comments(graph: Graph, parent_id: str, act: Act, since: datetime) -> Iterator[Match]:
    return _ours(graph.everything(f"{parent_id}/comments", _FIELDS, params=_NEWEST_FIRST), act, since)


def _message(graph: Graph, act: Act, since: datetime) -> Iterator[Match]:
    params = {"platform": "MESSENGER", "user_id": str(act.target_id)}
    for thread in graph.everything(f"{act.account_id}/conversations", "id", params=params):
        yield from _messages(graph, as_id(thread.get("id")), act, since)


def _private_reply(graph: Graph, act: Act, since: datetime) -> Iterator[Match]:
    found = graph.get(str(act.target_id), fields="id,private_reply_conversation")
    yield from _messages(graph, as_id(as_object(found.get("private_reply_conversation")).get("id")), act, since)


def _messages(graph: Graph, thread_id: str | None, act: Act, since: datetime) -> Iterator[Match]:
    if thread_id is not None:
        yield from _ours(graph.everything(f"{thread_id}/messages", _MESSAGE_FIELDS), act, since)


def _ours(found: Iterable[Object], act: Act, since: datetime) -> Iterator[Match]:
    """From a listing with the newest first; somebody else with the very same words is not us."""
    for candidate in found:
        at = as_time(candidate.get("created_time"))
        if at is not None and at < since:
            return
        author_id = as_id(as_object(candidate.get("from")).get("id"))
        external_id = as_id(candidate.get("id"))
        is_ours = author_id in (None, act.account_id) and is_same_text(as_text(candidate.get("message")), act.text)
        if is_ours and external_id:
            yield Match(external_id, at=at, permalink=as_address(candidate.get("permalink_url")))


def _edit(graph: Graph, act: Act, _since: datetime) -> Iterator[Match]:
    found = graph.get(str(act.target_id), fields="id,message")
    return _if(is_same_text(as_text(found.get("message")), act.text), act)


def _state(*wanted: PlatformState) -> Callable[[Graph, Act, datetime], Iterator[Match]]:
    def look_at(graph: Graph, act: Act, _since: datetime) -> Iterator[Match]:
        return _if(state_of(graph, str(act.target_id)) in wanted, act)

    return look_at


def _banned(graph: Graph, act: Act, _since: datetime) -> Iterator[Match]:
    is_there = any(
        as_id(found.get("id")) == act.target_id for found in graph.everything(f"{act.account_id}/blocked", "id")
    )
    return _if(is_there is (act.kind is ActKind.BAN), act)


def _if(is_done: bool, act: Act) -> Iterator[Match]:
    return iter((Match(str(act.target_id), is_what_was_acted_on=True),) if is_done else ())


_LOOKS: Mapping[ActKind, Callable[[Graph, Act, datetime], Iterator[Match]]] = {
    ActKind.PUBLISH: _post,
    ActKind.EDIT: _edit,
    ActKind.DELETE: _state(PlatformState.UNREACHABLE),
    ActKind.REPLY: _reply,
    ActKind.PRIVATE_REPLY: _private_reply,
    ActKind.MESSAGE: _message,
    ActKind.HIDE: _state(PlatformState.HIDDEN_BY_US),
    ActKind.UNHIDE: _state(PlatformState.VISIBLE),
    ActKind.BAN: _banned,
    ActKind.UNBAN: _banned,
}
