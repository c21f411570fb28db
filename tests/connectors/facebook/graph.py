"""A very small Graph API in memory, behind httpx's own transport: just enough for the contract suite."""

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs

import httpx

from torg.connectors.channels.facebook.access import SCOPES
from torg.connectors.channels.facebook.connector import FacebookConnector
from torg.connectors.channels.facebook.graph import Access

PAGE, PERSON = "1001", "2002"
POST, COMMENT = f"{PAGE}_9", "9_1"
NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
ACCESS = Access(page_id=PAGE, token="page-token", app_id="77", app_secret="app-secret", base_url="https://graph.test")


def at(moment: datetime = NOW) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S+0000")


def connector(answer, *, now=NOW, waits: list[float] | None = None, access: Access = ACCESS, budget=None):
    """A connector whose calls `answer` gets: a function from httpx.Request to httpx.Response."""
    http = httpx.Client(transport=httpx.MockTransport(answer))
    wait = (waits if waits is not None else []).append
    return FacebookConnector(access, http, now=lambda: now, wait=wait, budget=budget)


def error(code: int, subcode: int | None = None, *, status: int = 400, **more: object) -> httpx.Response:
    problem = {"message": "somebody's words", "code": code, "fbtrace_id": "Abc", **more}
    if subcode is not None:
        problem["error_subcode"] = subcode
    return httpx.Response(status, json={"error": problem})


class TinyGraph:
    """One page, one post, one comment; `silent_after_act` loses the answer to the next act."""

    def __init__(self, *, silent_after_act: bool = False) -> None:
        self.silent_after_act = silent_after_act
        self.requests: list[httpx.Request] = []
        self.comments = [self._comment(COMMENT, PERSON, "Når åpner svømmehallen?", parent=None)]
        self.hidden: set[str] = set()
        self.fields: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        path = request.url.path.removeprefix("/v26.0/")
        if request.method == "GET":
            return self._read(path)
        answer = self._act(request, path)
        if self.silent_after_act:
            self.silent_after_act = False
            raise httpx.ReadTimeout("silence", request=request)
        return answer

    def _read(self, path: str) -> httpx.Response:
        node, _, edge = path.partition("/")
        listings = {
            "feed": [{"id": POST, "message": "Ny lekeplass", "created_time": at(), "updated_time": at()}],
            "published_posts": [],
            "conversations": [],
            "subscribed_apps": [{"id": "77", "subscribed_fields": self.fields}],
        }
        if edge == "comments":
            return self._listing([c for c in self.comments if node in (POST, c.get("parent", {}).get("id"))][::-1])
        if edge:
            return self._listing(listings[edge])
        if node == "debug_token":
            return httpx.Response(200, json={"data": {"is_valid": True, "scopes": sorted(SCOPES), "expires_at": 0}})
        if node == "me":
            return httpx.Response(200, json={"id": PAGE, "name": "Eksempelby kommune"})
        found = next((comment for comment in self.comments if comment["id"] == node), None)
        return httpx.Response(200, json={**found, "is_hidden": node in self.hidden}) if found else error(100, 33)

    def _act(self, request: httpx.Request, path: str) -> httpx.Response:
        node, _, edge = path.partition("/")
        body = self._body(request)
        if edge == "comments":
            written = self._comment(f"9_{len(self.comments) + 1}", PAGE, " ".join(body["message"].split()), parent=node)
            self.comments.append(written)
            return httpx.Response(200, json={"id": written["id"]})
        if edge == "subscribed_apps":
            self.fields = body["subscribed_fields"].split(",")
        elif node not in {comment["id"] for comment in self.comments}:
            return error(100, 33)
        elif "is_hidden" in body:
            (self.hidden.add if body["is_hidden"] else self.hidden.discard)(node)
        return httpx.Response(200, json={"success": True})

    @staticmethod
    def _body(request: httpx.Request) -> dict:
        if request.headers.get("content-type") == "application/json":
            return json.loads(request.content)
        return {name: values[0] for name, values in parse_qs(request.content.decode()).items()}

    @staticmethod
    def _comment(own_id: str, author: str, text: str, *, parent: str | None) -> dict:
        comment = {"id": own_id, "from": {"id": author, "name": "NN"}, "message": text, "created_time": at()}
        return {**comment, "parent": {"id": parent}} if parent else comment

    @staticmethod
    def _listing(found: list[dict]) -> httpx.Response:
        return httpx.Response(200, json={"data": found, "paging": {"cursors": {"after": "end"}}})
