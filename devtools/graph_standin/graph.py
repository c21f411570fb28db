"""The Graph API itself: finds the node, checks token and permission, calls the handler, tells of errors."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from devtools.graph_standin import account, content, errors, faults, films, messenger
from devtools.graph_standin.call import Call, check_token, read_params
from devtools.graph_standin.errors import GraphError
from devtools.graph_standin.operations import OPERATIONS
from devtools.graph_standin.records import OUR_APP_ID, Comment, Message, Person, Photo, Post, Thread, Video
from devtools.graph_standin.webhooks import Courier
from devtools.graph_standin.world import World

KINDS = {
    Post: "PagePost",
    Comment: "Comment",
    Photo: "Photo",
    Video: "Video",
    Thread: "UnifiedThread",
    Message: "UnifiedMessage",
    Person: "User",
}
# Importing a part registers its operations.
PARTS = (account, content, films, messenger)
MOST_IDS = 50


class Graph:
    """Answers /v26.0/… for one world."""

    def __init__(self, world: World, courier: Courier) -> None:
        self.world = world
        self.courier = courier

    async def answer(self, request: Request) -> Response:
        version, path = "v" + request.path_params["number"], request.path_params["path"].strip("/")
        headers = {"facebook-api-version": version} | faults.usage_headers(self.world)
        try:
            call = await self._call(request, version, path)
            shown = self._several(call) if path == "" else await self._one(call, path)
        except GraphError as error:
            return JSONResponse(error.body(self.world.next_trace()), status_code=error.status, headers=headers)
        return JSONResponse(shown, headers=headers)

    async def _call(self, request: Request, version: str, path: str) -> Call:
        params = await read_params(request)
        scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
        value = bearer if scheme.lower() == "bearer" else params.get("access_token", "")
        token = check_token(self.world, value, params.get("appsecret_proof", ""))
        if self.world.settings.app_usage >= 100:
            raise errors.APP_RATE
        if self.world.settings.page_usage >= 100:
            raise errors.PAGE_RATE
        method = params.get("method", request.method).upper() if request.method == "POST" else request.method
        withheld = request.scope.get("standin.withheld", set())
        address = f"{request.url.scheme}://{request.url.netloc}"
        return Call(self.world, method, version, path, address, params, token, withheld)

    def _several(self, call: Call) -> dict[str, Any]:
        """`?ids=a,b`: several nodes in one answer; one that is gone refuses them all."""
        ids = call.several("ids")
        if not ids or len(ids) > MOST_IDS:
            raise errors.bad_parameter(f"Param ids must hold 1 to {MOST_IDS} ids")
        return {str(node_id): self._perform(call, str(node_id), "") for node_id in ids}

    async def _one(self, call: Call, path: str) -> Any:
        node_id, _, edge = path.partition("/")
        shown = self._perform(call, node_id, edge)
        if (call.method, edge) == ("POST", "subscriptions") and not await self.courier.shake_hands():
            self.world.settings.webhook_url = None
            raise errors.VERIFICATION_FAILED
        return shown

    def _perform(self, call: Call, node_id: str, edge: str) -> Any:
        kind, node = self._node(call, node_id)
        operation = OPERATIONS.get((kind, call.method, edge))
        if operation is None:
            raise errors.unknown_edge(edge) if edge else errors.gone(call.method, node_id)
        check_kind_of_token(call, kind, operation.scope)
        scopes = call.token.scopes if call.token else []
        if operation.scope and operation.scope not in scopes:
            raise errors.missing_permission(call.method, operation.scope)
        return operation.handler(call, node)

    def _node(self, call: Call, node_id: str) -> tuple[str, Any]:
        if node_id == "debug_token":
            return "TokenInfo", None
        if node_id == "me":
            is_page_edge = (
                call.token and call.token.kind == "PAGE" and call.path.count("/") and self._is_page_edge(call)
            )
            return ("Page", self.world.state.page) if is_page_edge else ("Me", call.token)
        if node_id == self.world.state.page.id:
            return "Page", self.world.state.page
        if node_id in (OUR_APP_ID, "app"):
            return "Application", node_id
        node = self.world.find(node_id)
        if node is None:
            raise errors.gone(call.method, node_id)
        return KINDS[type(node)], node

    def _is_page_edge(self, call: Call) -> bool:
        """With a page token, `me/feed` is the page's feed."""
        return ("Page", call.method, call.path.partition("/")[2]) in OPERATIONS


def check_kind_of_token(call: Call, kind: str, scope: str | None) -> None:
    """A person's token reads the page; acting as the page and its messages take the page's own token."""
    is_for_page = kind not in ("TokenInfo", "Me", "Application") and (
        call.method != "GET" or scope == "pages_messaging"
    )
    if is_for_page and (call.token is None or call.token.kind != "PAGE"):
        raise errors.NEEDS_PAGE_TOKEN
