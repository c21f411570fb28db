"""Tokens, the page itself and the app's subscriptions."""

from typing import Any

from devtools.graph_standin import errors, paging
from devtools.graph_standin.call import Call, known_token
from devtools.graph_standin.operations import serves
from devtools.graph_standin.records import ADMIN_ID, OUR_APP_ID, Holder, Page, Person, Token
from devtools.graph_standin.shape import Shape
from devtools.graph_standin.shapes import ACCOUNT, ASSIGNED, PAGE, PROFILE, ROLE

SUBSCRIBABLE = (
    "feed",
    "mention",
    "ratings",
    "conversations",
    "messages",
    "message_echoes",
    "message_edits",
    "message_reactions",
    "message_reads",
    "message_deliveries",
    "messaging_postbacks",
    "messaging_referrals",
    "messaging_optins",
    "messaging_handovers",
    "messaging_policy_enforcement",
    "messaging_integrity",
    "business_integrity",
    "standby",
    "live_videos",
    "videos",
    "name",
    "picture",
)


@serves("TokenInfo", "GET", params=("input_token",))
def debug_token(call: Call, node: None) -> dict[str, Any]:
    value = call.required("input_token")
    token = known_token(call.world, value)
    if token is None:
        error = {"code": 190, "message": "Invalid OAuth access token data."}
        return {"data": {"error": error, "is_valid": False, "scopes": []}}
    data: dict[str, Any] = {
        "app_id": OUR_APP_ID,
        "type": token.kind,
        "application": "Torg (øving)",
        "data_access_expires_at": int(call.world.clock.now()) + 90 * 24 * 3600,
        "expires_at": int(token.expires),
        "is_valid": token.is_valid,
        "issued_at": 1767225600,
        "scopes": token.scopes,
        "granular_scopes": [{"scope": scope, "target_ids": [call.world.state.page.id]} for scope in token.scopes],
        "user_id": ADMIN_ID,
    }
    if token.kind == "PAGE":
        data["profile_id"] = call.world.state.page.id
    if not token.is_valid:
        data["error"] = {"code": 190, "message": errors.DEAD_TOKEN.message, "subcode": errors.DEAD_TOKEN.subcode}
    return {"data": data}


@serves("Me", "GET")
def me(call: Call, token: Token) -> dict[str, Any]:
    """A page token is the page; a user token is the person behind it."""
    if token.kind == "PAGE":
        return PAGE.show(call, call.world.state.page, call.wanted(PAGE.usual))
    wanted = call.wanted(("name", "id"))
    return PROFILE.show(call, Person(ADMIN_ID, "Øvingsredaktør", ADMIN_ID), wanted)


@serves("Me", "GET", "accounts", scope="pages_show_list")
def accounts(call: Call, token: Token) -> dict[str, Any]:
    wanted = call.wanted(ACCOUNT.usual)
    rows = [call.world.state.page]
    return paging.page_of(call, "me/accounts", rows, lambda row: ACCOUNT.show(call, row, wanted), call.params)


@serves("Me", "GET", "permissions")
def permissions(call: Call, token: Token) -> dict[str, Any]:
    return {"data": [{"permission": scope, "status": "granted"} for scope in token.scopes]}


@serves("Me", "DELETE", "permissions", params=("permission",))
def revoke_permissions(call: Call, token: Token) -> dict[str, Any]:
    """Without a name all are taken back, and the token dies with them."""
    if scope := call.text("permission"):
        token.scopes = [one for one in token.scopes if one != scope]
    else:
        token.is_valid = False
    call.world.happened(None)
    return {"success": True}


@serves("Page", "GET")
def page(call: Call, node: Page) -> dict[str, Any]:
    return PAGE.show(call, node, call.wanted(PAGE.usual))


@serves("Page", "GET", "subscribed_apps", scope="pages_manage_metadata")
def subscribed_apps(call: Call, node: Page) -> dict[str, Any]:
    fields = call.world.state.subscribed_fields
    if not fields:
        return {"data": []}
    app = {"link": "https://torg.example", "name": "Torg (øving)", "id": OUR_APP_ID, "subscribed_fields": fields}
    return {"data": [app]}


@serves("Page", "POST", "subscribed_apps", scope="pages_manage_metadata", params=("subscribed_fields",))
def subscribe(call: Call, node: Page) -> dict[str, Any]:
    """Replaces the fields subscribed to; one unknown field refuses them all."""
    fields = [str(field) for field in call.several("subscribed_fields")]
    if not fields:
        raise errors.bad_parameter("The parameter subscribed_fields is required")
    for place, field in enumerate(fields):
        if field not in SUBSCRIBABLE:
            allowed = ", ".join(SUBSCRIBABLE)
            raise errors.bad_parameter(f"Param subscribed_fields[{place}] must be one of {{{allowed}}}")
    call.world.state.subscribed_fields = fields
    call.world.happened(None)
    return {"success": True}


@serves("Page", "DELETE", "subscribed_apps", scope="pages_manage_metadata")
def unsubscribe(call: Call, node: Page) -> dict[str, Any]:
    call.world.state.subscribed_fields = []
    call.world.happened(None)
    return {"success": True}


def check_app_token(call: Call) -> None:
    if call.token is None or call.token.kind != "APP":
        raise errors.GraphError(15, "(#15) This method must be called with an app access token.")


@serves("Application", "GET", "subscriptions")
def app_subscriptions(call: Call, node: str) -> dict[str, Any]:
    check_app_token(call)
    address = call.world.settings.webhook_url
    if not address:
        return {"data": []}
    fields = [{"name": field, "version": call.version} for field in call.world.state.subscribed_fields]
    return {"data": [{"object": "page", "callback_url": address, "active": True, "fields": fields}]}


@serves("Application", "POST", "subscriptions", params=("object", "callback_url", "verify_token", "fields"))
def subscribe_app(call: Call, node: str) -> dict[str, Any]:
    """The server shakes hands with the address before it answers; see `webhooks.Courier.shake_hands`."""
    check_app_token(call)
    if call.required("object") != "page":
        raise errors.bad_parameter("Param object must be one of {page}")
    call.world.settings.webhook_url = call.required("callback_url")
    call.world.settings.verify_token = call.required("verify_token")
    return {"success": True}


@serves("Application", "DELETE", "subscriptions", params=("object",))
def unsubscribe_app(call: Call, node: str) -> dict[str, Any]:
    check_app_token(call)
    call.world.settings.webhook_url = None
    return {"success": True}


@serves("User", "GET", scope="pages_messaging")
def profile(call: Call, node: Person) -> dict[str, Any]:
    """Only of those who have written to the page in Messenger, as Facebook's rule is."""
    if not any(thread.person_id == node.id and thread.last_inbound for thread in call.world.state.threads):
        raise errors.gone("GET", node.id)
    return PROFILE.show(call, node, call.wanted(PROFILE.usual))


@serves("Page", "GET", "insights", scope="read_insights", params=("metric", "period"))
def insights(call: Call, node: Page) -> dict[str, Any]:
    """One unknown metric refuses the whole call."""
    values = {
        "page_media_view": 1234,
        "page_total_media_view_unique": 911,
        "page_follows": 4100,
        "page_post_engagements": 87,
    }
    rows = []
    for metric in call.several("metric"):
        if metric not in values:
            raise errors.bad_parameter("The value must be a valid insights metric")
        value = {"value": values[metric], "end_time": call.text("until") or None}
        period = call.params.get("period", "day")
        rows.append(
            {"name": metric, "period": period, "values": [value], "id": f"{node.id}/insights/{metric}/{period}"}
        )
    return {"data": rows}


@serves("Page", "GET", "roles")
def roles(call: Call, node: Page) -> dict[str, Any]:
    """Only those who do not belong to a business, as Facebook's rule is."""
    return holders(call, node, "roles", ROLE, [row for row in call.world.state.holders if not row.is_of_business])


@serves("Page", "GET", "assigned_users", scope="pages_manage_metadata")
def assigned_users(call: Call, node: Page) -> dict[str, Any]:
    """Those of a business, its systems among them."""
    return holders(
        call, node, "assigned_users", ASSIGNED, [row for row in call.world.state.holders if row.is_of_business]
    )


def holders(call: Call, node: Page, edge: str, shape: Shape, rows: list[Holder]) -> dict[str, Any]:
    wanted = call.wanted(shape.usual)
    return paging.page_of(call, f"{node.id}/{edge}", rows, lambda row: shape.show(call, row, wanted), call.params)
