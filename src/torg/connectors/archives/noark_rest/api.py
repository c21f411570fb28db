"""Calling the interface: one answer or one of our errors, with a token that is renewed once when it is refused."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from torg.connectors.archives.noark_rest import errors
from torg.connectors.archives.noark_rest.login import Login
from torg.connectors.archives.noark_rest.rels import Object, links_of, rel, without_template
from torg.connectors.contract import Gone, Refused, Temporary
from torg.connectors.services.fetch import Blocked, FetchProblem, read_within

NOARK_JSON = "application/vnd.noark5+json"
_MERGE_PATCH = "application/merge-patch+json"
_MAX_ANSWER_BYTES = 10_000_000
_MOST_PAGES = 1000


@dataclass(frozen=True, slots=True)
class Resource:
    """An object of the archive as it was read, with the mark of its version."""

    content: Object
    etag: str | None = None

    @property
    def links(self) -> dict[str, str]:
        """Where one may go from here."""
        return links_of(self.content)

    def text(self, name: str) -> str:
        """A field as text; empty when it is not there."""
        value = self.content.get(name)
        return str(value) if isinstance(value, str | int) else ""

    def code(self, name: str) -> str:
        """The code of a field that holds one of a list."""
        value = self.content.get(name)
        return str(value.get("kode", "")) if isinstance(value, dict) else ""

    def number(self, name: str) -> int | None:
        """A field as a number; cores write numbers as text too."""
        text = self.text(name)
        return int(text) if text.isdigit() else None


@dataclass(frozen=True, slots=True)
class Answer:
    """A bare answer."""

    status: int
    body: bytes
    headers: Mapping[str, str]


class Api:
    """The interface of one core, under one address; raises only the errors of the contract."""

    def __init__(self, base_url: str, http: httpx.Client, login: Login, *, now: Callable[[], datetime]) -> None:
        self._base = httpx.URL(base_url)
        self._http = http
        self._login = login
        self._now = now
        self._authorization: str | None = None
        self._known: dict[str, str] = {}

    def link(self, name: str) -> str:
        """The address behind a link of the root or of one of its packages; raises Refused when there is none."""
        package = f"{name.split('/', 1)[0]}"
        for where in ("", package):
            if rel(name) not in self._known:
                href = str(self._base) if not where else self._known.get(rel(where))
                self._known.update(self.get(href).links if href else {})
        if rel(name) not in self._known:
            raise Refused(f"The archive does not offer {name}.", code="no-link")
        return self._known[rel(name)]

    def get(self, href: str, **params: str) -> Resource:
        """Read one object or list."""
        answer = self.call("GET", href, params=params, headers={"Accept": NOARK_JSON})
        return Resource(_object(answer, is_act=False), answer.headers.get("etag"))

    def listing(self, href: str, *, where: str | None = None) -> Iterator[Resource]:
        """Every object of a list, page after page; `where` narrows it where the core can."""
        params = {"$filter": where} if where and "$filter" in href else {}
        following: str | None = without_template(href)
        for _ in range(_MOST_PAGES):
            if following is None:
                return
            page = self.get(following, **params)
            found = page.content.get("results", [])
            for one in found if isinstance(found, list) else []:
                if isinstance(one, dict):
                    yield Resource(one)
            following, params = page.links.get("next"), {}

    def create(self, href: str, fields: Mapping[str, Any]) -> Resource:
        """Make an object: the core's own template, then our fields."""
        template = self.get(href).content
        body = {name: value for name, value in template.items() if value is not None and name != "_links"}
        answer = self.send_json("POST", href, {**body, **fields}, kind=NOARK_JSON)
        if "location" in answer.headers and not answer.body:
            return self.get(answer.headers["location"])
        return Resource(_object(answer, is_act=True), answer.headers.get("etag"))

    def change(self, href: str, fields: Mapping[str, Any], *, etag: str | None) -> None:
        """Change some fields of what was read; raises Conflict when it has changed meanwhile."""
        self.send_json("PATCH", href, fields, kind=_MERGE_PATCH, **({"If-Match": etag} if etag else {}))

    def delete(self, href: str) -> None:
        """Take away a half-made object."""
        try:
            self.call("DELETE", href, is_act=True)
        except Gone:
            return

    def send_json(self, method: str, href: str, content: Mapping[str, Any], *, kind: str, **headers: str) -> Answer:
        """Send an object."""
        told = {"Content-Type": kind, "Accept": NOARK_JSON, **headers}
        return self.call(method, href, is_act=True, headers=told, content=json.dumps(content).encode())

    def call(self, method: str, href: str, *, is_act: bool = False, **request: Any) -> Answer:
        """One call; a refused token is renewed once, for then nothing was done."""
        url = self._own(href)
        answer = self._authorized(method, url, is_act, request)
        if answer.status == 401:
            self._authorization = None
            answer = self._authorized(method, url, is_act, request)
        if not 200 <= answer.status < 300:
            raise errors.to_error(answer.status, answer.body, answer.headers, is_act=is_act, now=self._now())
        return answer

    def _authorized(self, method: str, url: httpx.URL, is_act: bool, request: Mapping[str, Any]) -> Answer:
        if self._authorization is None:
            self._authorization = self._login.authorization(self._bare, str(self._base))
        headers = {**request.get("headers", {}), "Authorization": self._authorization}
        made = {name: value for name, value in request.items() if name != "headers"}
        # A body that is read from a file is asked for anew, for it may have been read already.
        if callable(made.get("content")):
            made["content"] = made["content"]()
        return self._send(method, url, is_act=is_act, headers=headers, **made)

    def _bare(self, method: str, href: str, **request: Any) -> Answer:
        return self._send(method, self._joined(href), is_act=False, **request)

    def _send(self, method: str, url: httpx.URL, *, is_act: bool, **request: Any) -> Answer:
        try:
            response = self._http.send(self._http.build_request(method, url, **_without_empty(request)), stream=True)
            try:
                body = read_within(response, max_bytes=_MAX_ANSWER_BYTES)
            finally:
                response.close()
        except (Blocked, httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise Temporary("The archive cannot be reached.") from error
        except (httpx.HTTPError, httpx.InvalidURL, FetchProblem) as error:
            raise errors.unreadable(None, is_act=is_act) from error
        return Answer(response.status_code, body, response.headers)

    def _own(self, href: str) -> httpx.URL:
        """A link that leads elsewhere would carry our token away."""
        url = self._joined(href)
        if (url.scheme, url.host, url.port) != (self._base.scheme, self._base.host, self._base.port):
            raise Refused("The archive gave a link that leads to another server.", code="bad-link")
        return url

    def _joined(self, href: str) -> httpx.URL:
        """A link may be relative."""
        try:
            return self._base.join(href)
        except httpx.InvalidURL as error:
            raise Refused("The archive gave a link that is no address.", code="bad-link") from error


def _object(answer: Answer, *, is_act: bool) -> Object:
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise errors.unreadable(str(answer.status), is_act=is_act) from error
    if not isinstance(found, dict):
        raise errors.unreadable(str(answer.status), is_act=is_act)
    return found


def _without_empty(request: Mapping[str, Any]) -> dict[str, Any]:
    """Empty parameters would wipe out those that stand in the address."""
    return {name: value for name, value in request.items() if name != "params" or value}
