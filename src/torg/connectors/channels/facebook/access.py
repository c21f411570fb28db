"""What our access to a page allows, and reading it back from the platform."""

from torg.connectors import contract
from torg.connectors.channels.facebook import acting
from torg.connectors.channels.facebook.graph import Graph
from torg.connectors.channels.facebook.values import as_id, as_list, as_object, as_text, as_time
from torg.connectors.contract import Capabilities, Health

SCOPES = frozenset(
    {
        "pages_show_list",
        "pages_read_engagement",
        "pages_read_user_content",
        "pages_manage_metadata",
        "pages_manage_posts",
        "pages_manage_engagement",
        "pages_messaging",
    }
)
FIELDS = frozenset(
    {
        "feed",
        "mention",
        "ratings",
        "live_videos",
        "messages",
        "message_echoes",
        "message_edits",
        "message_reactions",
        "message_reads",
        "message_deliveries",
        "messaging_postbacks",
        "messaging_optins",
        "messaging_referrals",
        "messaging_handovers",
        "standby",
        "messaging_policy_enforcement",
    }
)
_LIMITS = {
    "hide": "The author and the author's friends still see it.",
    "delete": "It cannot be undone.",
    "private-reply": "Once for each comment, within seven days; the person must answer before you can write again.",
    "message": "Free for 24 hours after the person's last message; for 7 days only what a person has written.",
    "ban": "Needs the person's id, which Facebook does not always give.",
}


def capabilities(scopes: frozenset[str] | None) -> Capabilities:
    """What the granted permissions make possible; everything while they are not known, as the platform then decides."""
    granted = SCOPES if scopes is None else scopes
    engages, posts, messages = (
        f"pages_{name}" in granted for name in ("manage_engagement", "manage_posts", "messaging")
    )
    return Capabilities(
        can_reply=engages,
        can_reply_privately=messages,
        can_message=messages,
        can_publish=posts,
        can_edit_own=posts,
        can_hide=engages,
        can_delete=engages,
        can_ban=engages,
        max_text_length=acting.MAX_COMMENT_LENGTH,
        message_window_seconds=int(acting.MESSAGE_WINDOW.total_seconds()),
        human_window_seconds=int(acting.HUMAN_WINDOW.total_seconds()),
        private_reply_window_seconds=7 * 24 * 3600,
        limits=_LIMITS,
    )


def health(graph: Graph) -> Health:
    """Ask what our key is worth and what is subscribed; raises CredentialsDead when it is worth nothing here."""
    access = graph.access
    key = as_object(graph.get("debug_token", token=access.app_token, input_token=access.token).get("data"))
    if key.get("is_valid") is False:
        raise contract.CredentialsDead("Facebook no longer accepts the key to this page.")
    me = graph.get("me", fields="id,name")
    if as_id(me.get("id")) != access.page_id:
        # A person's key in the page's place works for a while, and then silently not.
        raise contract.CredentialsDead("The key belongs to something else than this page.")
    scopes = frozenset(scope for found in as_list(key.get("scopes")) if (scope := as_text(found)))
    fields = _subscribed(graph)
    return Health(
        account_name=as_text(me.get("name")),
        scopes=scopes,
        missing_scopes=SCOPES - scopes,
        subscribed_fields=fields,
        missing_fields=FIELDS - fields,
        # Facebook writes 0 for a key without an end.
        expires_at=as_time(key.get("expires_at")),
        data_access_expires_at=as_time(key.get("data_access_expires_at")),
    )


def subscribe(graph: Graph) -> None:
    """Ask for the wanted fields; whether it held is read back with `health`."""
    graph.post(f"{graph.access.page_id}/subscribed_apps", {"subscribed_fields": ",".join(sorted(FIELDS))})


def unsubscribe(graph: Graph) -> None:
    """End the page's subscription; Messenger's goes with it."""
    graph.delete(f"{graph.access.page_id}/subscribed_apps")


def author_name(graph: Graph, author_id: str) -> str | None:
    """A person's name; None when Facebook does not tell, which is usual and no fault."""
    try:
        return as_text(graph.get(author_id, fields="name").get("name"))
    except (contract.Gone, contract.Refused, contract.PermissionMissing):
        return None


def _subscribed(graph: Graph) -> frozenset[str]:
    path, app_id = f"{graph.access.page_id}/subscribed_apps", graph.access.app_id
    ours = (app for app in graph.everything(path, "id,subscribed_fields") if as_id(app.get("id")) == app_id)
    return frozenset(
        name for app in ours for found in as_list(app.get("subscribed_fields")) if (name := as_text(found))
    )
