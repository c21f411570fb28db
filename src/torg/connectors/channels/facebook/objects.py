"""From objects read through the API to the same events that a delivery yields."""

from types import MappingProxyType

from torg.connectors.channels.facebook.attachments import of_object as attachments_of
from torg.connectors.channels.facebook.values import Object, as_id, as_list, as_object, as_text, as_time
from torg.connectors.contract import InboundEvent, Kind, PlatformState

POST_FIELDS = "id,from,message,created_time,updated_time,permalink_url,is_hidden,attachments,status_type,story"
COMMENT_FIELDS = "id,from,message,created_time,permalink_url,is_hidden,parent,attachment"
# Shared links come among the attachments since April 2026; one field that Facebook lacks would refuse the whole call.
MESSAGE_FIELDS = "id,from,to,message,created_time,attachments,sticker"


def post(found: Object, *, page_id: str) -> InboundEvent:
    """A post on the page, its own or a visitor's."""
    return _event(found, Kind.POST, page_id, post_id=as_id(found.get("id")))


def comment(found: Object, *, page_id: str, post_id: str) -> InboundEvent:
    """A comment or, where it has a parent, a reply."""
    parent_id = as_id(as_object(found.get("parent")).get("id"))
    kind = Kind.REPLY if parent_id else Kind.COMMENT
    return _event(found, kind, page_id, parent_id=parent_id or post_id, post_id=post_id)


def message(found: Object, *, page_id: str) -> InboundEvent:
    """A message in a private conversation."""
    sender = as_id(as_object(found.get("from")).get("id"))
    receivers = as_list(as_object(found.get("to")).get("data"))
    receiver = next((own for party in receivers if (own := as_id(as_object(party).get("id")))), None)
    return _event(found, Kind.MESSAGE, page_id, person_id=receiver if sender == page_id else sender)


def state_of(found: Object) -> PlatformState:
    """Shown or hidden, as the object itself says."""
    return PlatformState.HIDDEN_BY_US if found.get("is_hidden") is True else PlatformState.VISIBLE


def _event(
    found: Object,
    kind: Kind,
    page_id: str,
    *,
    parent_id: str | None = None,
    post_id: str | None = None,
    person_id: str | None = None,
) -> InboundEvent:
    author, external_id = as_object(found.get("from")), as_id(found.get("id"))
    author_id = as_id(author.get("id"))
    return InboundEvent(
        kind=kind if external_id else Kind.UNKNOWN,
        verb="add",
        account_id=page_id,
        external_id=external_id,
        parent_id=parent_id,
        post_id=post_id,
        author_id=author_id,
        author_name=as_text(author.get("name")),
        text=as_text(found.get("message")),
        attachments=attachments_of(found),
        own=author_id == page_id,
        occurred_at=as_time(found.get("created_time")),
        permalink=as_text(found.get("permalink_url")),
        platform_state=None if kind is Kind.MESSAGE else state_of(found),
        details=MappingProxyType({"person_id": person_id} if person_id else {}),
        raw=found,
    )
