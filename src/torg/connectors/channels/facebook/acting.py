"""What we do on a page: publish, answer, hide, delete, ban."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from torg.connectors import contract
from torg.connectors.channels.facebook import films, looking
from torg.connectors.channels.facebook.graph import Graph
from torg.connectors.channels.facebook.values import Object, as_address, as_id
from torg.connectors.contract import Act, ActKind, Done

MESSAGE_WINDOW = timedelta(hours=24)
HUMAN_WINDOW = timedelta(days=7)
MAX_COMMENT_LENGTH = 8000
MAX_MESSAGE_LENGTH = 2000


def perform(graph: Graph, act: Act) -> Done:
    """Carry out one act with at most one visible effect; raises ChannelError."""
    _check(act)
    began_at = graph.now()
    try:
        return (films.ACTS if act.film else _ACTS)[act.kind](graph, act)
    except contract.Refused as refusal:
        # Meta has been seen to answer 400 and write all the same; whoever believes it writes twice. What was refused of
        # a film's correction may be its captions, which no look sees, and giving them twice harms nobody.
        is_seen = act.kind in _WRITING and not (act.film and act.kind is ActKind.EDIT)
        done = _done_all_the_same(graph, act, began_at) if is_seen else None
        if done is None:
            raise refusal
        return done


def _done_all_the_same(graph: Graph, act: Act, began_at: datetime) -> Done | None:
    try:
        found = looking.look(graph, act, since=began_at)
    except contract.ChannelError:
        return None
    return Done(found[0].external_id, permalink=found[0].permalink, at=found[0].at) if len(found) == 1 else None


def _check(act: Act) -> None:
    """Refuse what would fail or harm, before anything is sent."""
    if any(not picture.alt_text.strip() for picture in act.pictures):
        raise contract.Refused("A picture lacks the text that describes it for those who cannot see it.")
    if act.film and act.kind not in films.ACTS:
        raise contract.Refused("A film cannot be sent this way.")
    if act.kind is not ActKind.PUBLISH and not act.target_id:
        raise contract.Refused("The act names nothing that it is done to.")
    if act.kind in _WRITING and not (act.text or "").strip() and not act.pictures and not act.link:
        raise contract.Refused("There is no text to send.")
    longest = MAX_MESSAGE_LENGTH if act.kind in _PRIVATE else MAX_COMMENT_LENGTH
    # Posts may be long; comments and messages are cut off by the platform.
    if act.kind not in (ActKind.PUBLISH, ActKind.EDIT) and len(act.text or "") > longest:
        raise contract.Refused(f"The text is longer than the {longest} signs that Facebook takes here.")
    if act.pictures and (act.kind not in _WITH_PICTURES or (act.kind is ActKind.REPLY and len(act.pictures) > 1)):
        raise contract.Refused("These pictures cannot be sent this way.")


_PRIVATE = frozenset({ActKind.MESSAGE, ActKind.PRIVATE_REPLY})
_WRITING = frozenset({ActKind.PUBLISH, ActKind.EDIT, ActKind.REPLY}) | _PRIVATE
_WITH_PICTURES = frozenset({ActKind.PUBLISH, ActKind.REPLY})


def _publish(graph: Graph, act: Act) -> Done:
    body: dict[str, object] = {"message": act.text or ""}
    if act.link:
        body["link"] = act.link
    if act.pictures:
        body["attached_media"] = [{"media_fbid": photo_id} for photo_id in _upload(graph, act)]
    done = _written(graph, graph.post(f"{act.account_id}/feed", body))
    return done if done.permalink else replace(done, permalink=_address_of(graph, done))


def _address_of(graph: Graph, done: Done) -> str | None:
    """Where people see the post: Facebook answers with its id alone. It is out, so no trouble here says it failed."""
    try:
        return as_address(graph.get(str(done.external_id), fields="permalink_url").get("permalink_url"))
    except contract.ChannelError:
        return None


def _reply(graph: Graph, act: Act) -> Done:
    body: dict[str, object] = {"message": act.text or ""}
    for photo_id in _upload(graph, act):
        body["attachment_id"] = photo_id
    return _written(graph, graph.post(f"{act.target_id}/comments", body))


def _upload(graph: Graph, act: Act) -> list[str]:
    return [
        graph.upload(f"{act.account_id}/photos", picture, {"alt_text_custom": picture.alt_text})
        for picture in act.pictures
    ]


def _private_reply(graph: Graph, act: Act) -> Done:
    return _send(graph, act, {"comment_id": act.target_id}, {"messaging_type": "RESPONSE"})


def _message(graph: Graph, act: Act) -> Done:
    """Free within a day of the person's last message; up to seven days only what a human wrote, and marked so."""
    recipient = {"id": act.target_id}
    if act.last_inbound_at is None:
        return _message_of_unknown_age(graph, act, recipient)
    age = graph.now() - act.last_inbound_at
    if age <= MESSAGE_WINDOW:
        return _send(graph, act, recipient, {"messaging_type": "RESPONSE"})
    if age <= HUMAN_WINDOW and act.is_human:
        return _send(graph, act, recipient, _BY_HAND)
    raise contract.WindowClosed("The time in which we may write to this person has passed.")


_BY_HAND = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}


def _message_of_unknown_age(graph: Graph, act: Act, recipient: Mapping[str, object]) -> Done:
    try:
        return _send(graph, act, recipient, {"messaging_type": "RESPONSE"})
    except contract.WindowClosed:
        # A clear refusal, so nothing was sent and the other way may be tried.
        if not act.is_human:
            raise
        return _send(graph, act, recipient, _BY_HAND)


def _send(graph: Graph, act: Act, recipient: Mapping[str, object], more: Mapping[str, object]) -> Done:
    body = {"recipient": recipient, "message": {"text": act.text}, **more}
    found = graph.post(f"{act.account_id}/messages", body)
    return _with_id(graph, as_id(found.get("message_id")), found)


def _written(graph: Graph, found: Object) -> Done:
    return _with_id(graph, as_id(found.get("id")) or as_id(found.get("post_id")), found)


def _with_id(graph: Graph, external_id: str | None, found: Object) -> Done:
    if external_id is None:
        raise contract.Ambiguous("Facebook answered without the id of what was written.")
    return Done(external_id, permalink=as_address(found.get("permalink_url")), at=graph.now())


def _edit(graph: Graph, act: Act) -> Done:
    return _changed(graph, act, graph.post(str(act.target_id), {"message": act.text or ""}))


def _delete(graph: Graph, act: Act) -> Done:
    return _changed(graph, act, graph.delete(str(act.target_id)))


def _hide(graph: Graph, act: Act) -> Done:
    return _changed(graph, act, graph.post(str(act.target_id), {"is_hidden": act.kind is ActKind.HIDE}))


def _ban(graph: Graph, act: Act) -> Done:
    found = graph.post(f"{act.account_id}/blocked", {"psid": [act.target_id]})
    # One person, one verdict: {"<id>": true}.
    return _changed(graph, act, {"success": found.get(str(act.target_id), found.get("success", True))})


def _unban(graph: Graph, act: Act) -> Done:
    return _changed(graph, act, graph.delete(f"{act.account_id}/blocked", psid=str(act.target_id)))


def _changed(graph: Graph, act: Act, found: Object) -> Done:
    if found.get("success") is False:
        raise contract.Refused("Facebook says that it did not do it.")
    return Done(act.target_id, at=graph.now())


_ACTS: Mapping[ActKind, Callable[[Graph, Act], Done]] = {
    ActKind.PUBLISH: _publish,
    ActKind.EDIT: _edit,
    ActKind.DELETE: _delete,
    ActKind.REPLY: _reply,
    ActKind.PRIVATE_REPLY: _private_reply,
    ActKind.MESSAGE: _message,
    ActKind.HIDE: _hide,
    ActKind.UNHIDE: _hide,
    ActKind.BAN: _ban,
    ActKind.UNBAN: _unban,
}
